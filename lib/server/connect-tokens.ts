import 'server-only';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { Problem } from '@/lib/order/problem';

// Per-customer access tokens: minted once for all who wait, renewed before they lapse.

const MAX_TOKENS = 50_000;
const RENEW_EARLY_MS = 300_000;
const FAILED_MINT_MS = 5_000;
const REMINT_WINDOW_MS = 60_000;
const MAX_REMINTS = 2;

export type MintedToken = { accessToken: string; expiresInMs: number };
type Entry = { accessToken: string; renewAtMs: number; proven: boolean };

type ConnectTokens = {
  get(userId: string): Promise<string>;
  accepted(userId: string, accessToken: string): void;
  /** Forgets the token if it is still the one that failed. False: asking for another is no use yet. */
  refused(userId: string, accessToken: string): boolean;
};

export function createConnectTokens(options: {
  mint: (userId: string) => Promise<MintedToken>;
  now: () => number;
  random: () => number;
}): ConnectTokens {
  const { mint, now, random } = options;
  const onOurClock = { max: MAX_TOKENS, ttlResolution: 0, perf: { now } };
  const tokens = new LRUCache<string, Entry>(onOurClock);
  const failures = new LRUCache<string, { problem: unknown }>({
    ...onOurClock,
    ttl: FAILED_MINT_MS,
  });
  const remintCounts = new LRUCache<string, number>({ ...onOurClock, ttl: REMINT_WINDOW_MS });
  const pending = new Map<string, Promise<string>>();

  async function mintFor(userId: string): Promise<string> {
    const failure = failures.get(userId);
    if (failure) throw failure.problem;
    try {
      const { accessToken, expiresInMs } = await mint(userId);
      const earlyMs = Math.min(RENEW_EARLY_MS * (1 + random()), expiresInMs / 2);
      const renewAtMs = now() + expiresInMs - earlyMs;
      // A time to live of 0 would mean for ever.
      tokens.set(userId, { accessToken, renewAtMs, proven: false }, { ttl: expiresInMs || 1 });
      return accessToken;
    } catch (problem) {
      failures.set(userId, { problem });
      throw problem;
    }
  }

  return {
    async get(userId) {
      const entry = tokens.get(userId);
      if (entry && now() < entry.renewAtMs) return entry.accessToken;
      const shared = pending.get(userId) ?? mintFor(userId).finally(() => pending.delete(userId));
      pending.set(userId, shared);
      return shared;
    },

    accepted(userId, accessToken) {
      const entry = tokens.get(userId);
      if (entry?.accessToken === accessToken) entry.proven = true;
    },

    // A token that never worked is replaced once a minute, one that did twice, so that neither an
    // account nor a single order without access costs a new token a poll.
    refused(userId, accessToken) {
      const entry = tokens.get(userId);
      // Another reader has dropped it already: its successor is there or on its way.
      if (entry?.accessToken !== accessToken) return true;
      const remintCount = remintCounts.get(userId) ?? 0;
      if (remintCount >= (entry.proven ? MAX_REMINTS : 1)) return false;
      tokens.delete(userId);
      remintCounts.set(userId, remintCount + 1, { noUpdateTTL: true });
      return true;
    },
  };
}

/** One ready-made token for everyone; it cannot be renewed here. */
export function createStaticTokens(accessToken: string): ConnectTokens {
  return { get: async () => accessToken, accepted: () => undefined, refused: () => false };
}

const tokenAnswer = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  // Optional by RFC 6749 §5.1; without it the token is used for five minutes.
  expires_in: z.number().nonnegative().default(300),
});

/** Throws Problem upstream_invalid. */
export function parseMintedToken(body: unknown): MintedToken {
  const { data } = tokenAnswer.safeParse(body);
  if (!data) throw new Problem('upstream_invalid');
  return { accessToken: data.access_token, expiresInMs: data.expires_in * 1_000 };
}
