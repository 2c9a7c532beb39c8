import 'server-only';
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Cells } from '@/lib/server/redis/cas-store';
import { deriveKey, sealText, unsealText } from '@/lib/server/redis/sealed-text';
import type { TakeTurn } from '@/lib/server/redis/lease';

// Connect's access tokens as several instances share them: sealed, and one instance mints at a time.

const MINTING_MS = 5_000;

export type KeptToken = {
  accessToken: string;
  renewAtMs: number;
  expiresAtMs: number;
  /** When it was minted in the place of one that Connect had just refused. */
  replacedAtMs?: number | undefined;
};

export type TokenVault = {
  find(userId: string): Promise<KeptToken | undefined>;
  keep(userId: string, token: KeptToken): Promise<void>;
  /** Runs `work` when no other instance mints for this customer, or has taken too long over it. */
  inTurn<T>(userId: string, work: () => Promise<T>): Promise<T>;
};

const keptToken = z.object({
  accessToken: z.string(),
  renewAtMs: z.number(),
  expiresAtMs: z.number(),
  replacedAtMs: z.number().optional(),
});

/** `secret` is that of the account with Connect, which all who share the vault know. */
export function createTokenVault(
  cells: Cells,
  takeTurn: TakeTurn,
  secret: string,
  now: () => number,
): TokenVault {
  const key = deriveKey(secret, 'access token key');
  const addressKey = deriveKey(secret, 'access token address');

  function toAddress(kind: string, userId: string): string {
    const name = createHmac('sha256', addressKey).update(userId).digest('base64url');
    return `order-status:${kind}:${name}`;
  }

  return {
    async find(userId) {
      const sealed = await cells.read(toAddress('token', userId));
      const text = sealed && (await unsealText(key, sealed));
      return text ? keptToken.safeParse(JSON.parse(text)).data : undefined;
    },

    async keep(userId, token) {
      const address = toAddress('token', userId);
      const sealed = await sealText(key, JSON.stringify(token));
      const lifeMs = Math.max(1, Math.ceil(token.expiresAtMs - now()));
      await cells.swap(address, await cells.read(address), sealed, lifeMs);
    },

    async inTurn(userId, work) {
      const giveBack = await takeTurn(toAddress('minting', userId), MINTING_MS);
      try {
        return await work();
      } finally {
        await giveBack?.();
      }
    },
  };
}
