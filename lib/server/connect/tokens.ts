import 'server-only';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { Problem } from '@/lib/order/problem';
import type { KeptToken, TokenVault } from './shared-token-store';

// Per-customer access tokens: minted once for all who wait, renewed before they lapse.

const MAX_TOKENS = 50_000;
const RENEW_EARLY_MS = 300_000;
const FAILED_MINT_MS = 5_000;
const REMINT_WINDOW_MS = 60_000;
const MAX_REMINTS = 2;

export type MintedToken = { accessToken: string; expiresInMs: number };
type Entry = KeptToken & { proven: boolean };

type ConnectTokens = {
  get(userId: string): Promise<string>;
  accepted(userId: string, accessToken: string): void;
  /** Forgets the token if it is still the one that failed. False: asking for another is no use yet. */
  refused(userId: string, accessToken: string): boolean;
};

export function createConnectTokens(options: {
  mint: (userId: string) => Promise<MintedToken>;
  /** What other instances have minted. */
  vault: TokenVault | undefined;
  now: () => number;
  random: () => number;
}): ConnectTokens {
  const { mint, vault, now, random } = options;
  const onOurClock = { max: MAX_TOKENS, ttlResolution: 0, perf: { now } };
  const tokens = new LRUCache<string, Entry>(onOurClock);
  const failures = new LRUCache<string, { problem: unknown }>({
    ...onOurClock,
    ttl: FAILED_MINT_MS,
  });
  const remintCounts = new LRUCache<string, number>({ ...onOurClock, ttl: REMINT_WINDOW_MS });
  // What Connect has refused here may still be in the vault.
  const refusedTokens = new LRUCache<string, string>(onOurClock);
  const pending = new Map<string, Promise<string>>();

  async function mintFor(userId: string): Promise<string> {
    const failure = failures.get(userId);
    if (failure) throw failure.problem;
    try {
      const token = vault ? await mintInTurn(vault, userId) : await mintAnew(userId);
      // A time to live of 0 would mean for ever.
      const ttl = Math.max(1, token.expiresAtMs - now());
      tokens.set(userId, { ...token, proven: false }, { ttl });
      return token.accessToken;
    } catch (problem) {
      failures.set(userId, { problem });
      throw problem;
    }
  }

  async function mintAnew(userId: string): Promise<KeptToken> {
    const { accessToken, expiresInMs } = await mint(userId);
    const earlyMs = Math.min(RENEW_EARLY_MS * (1 + random()), expiresInMs / 2);
    const expiresAtMs = now() + expiresInMs;
    const replacedAtMs = remintCounts.has(userId) ? now() : undefined;
    return { accessToken, expiresAtMs, renewAtMs: expiresAtMs - earlyMs, replacedAtMs };
  }

  async function mintInTurn(shared: TokenVault, userId: string): Promise<KeptToken> {
    const known = await findGood(shared, userId);
    if (known) return known;
    return shared.inTurn(userId, async () => {
      const minted = await findGood(shared, userId);
      if (minted) return minted;
      const token = await mintAnew(userId);
      await shared.keep(userId, token);
      return token;
    });
  }

  async function findGood(shared: TokenVault, userId: string): Promise<KeptToken | undefined> {
    const token = await shared.find(userId);
    const isGood =
      token && now() < token.renewAtMs && token.accessToken !== refusedTokens.get(userId);
    return isGood ? token : undefined;
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
      // Another instance has just tried that.
      const { replacedAtMs = -Infinity } = entry;
      if (!entry.proven && now() - replacedAtMs < REMINT_WINDOW_MS) return false;
      tokens.delete(userId);
      refusedTokens.set(userId, accessToken);
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
