import { randomUUID } from 'node:crypto';
import { dayMs, type SimulatorClock } from './clock';

/** A token for the orders of all users, like a fixed access token of Connect. */
export const staticToken = 'demo-static-token';

export type TokenStore = ReturnType<typeof createTokenStore>;

/** The user of a token; `any` for the static token. */
export type Bearer = { userId: string } | 'any';

export function createTokenStore(clock: SimulatorClock) {
  const live = new Map<string, { userId: string; expiresAtMs: number }>();

  return {
    mint(userId: string) {
      const accessToken = `demo-${randomUUID()}`;
      const createdAtMs = clock.nowMs();
      live.set(accessToken, { userId, expiresAtMs: createdAtMs + dayMs });
      return { accessToken, createdAtMs, expiresInSeconds: dayMs / 1_000 };
    },

    identify(accessToken: string | undefined): Bearer | undefined {
      if (accessToken === staticToken) return 'any';
      const found = accessToken === undefined ? undefined : live.get(accessToken);
      return found && found.expiresAtMs > clock.nowMs() ? { userId: found.userId } : undefined;
    },

    shorten(accessToken: string, lifeSeconds: number): void {
      const found = live.get(accessToken);
      if (found) found.expiresAtMs = clock.nowMs() + lifeSeconds * 1_000;
    },

    revoke: (accessToken: string) => live.delete(accessToken),
    expireAll: () => {
      live.clear();
    },
  };
}
