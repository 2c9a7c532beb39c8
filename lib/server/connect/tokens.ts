import 'server-only';
import { LRUCache } from 'lru-cache';
import type { StoredToken, SharedTokenStore } from './shared-token-store';
import type { MintedToken } from './mint-token';

// Access tokens per customer: concurrent requests share one minting, and a token is renewed before it expires.

const MAX_TOKENS = 50_000;
const RENEW_EARLY_MS = 300_000;
const FAILED_MINT_MS = 5_000;
const REMINT_WINDOW_MS = 60_000;
const MAX_REMINTS = 2;

type Entry = StoredToken & { wasAccepted: boolean };

export type ConnectTokens = {
  /** Rejects with the error of `mint`, which is cached for 5 s. */
  get(userId: string): Promise<string>;
  /** Records that Connect has accepted the token. */
  accepted(userId: string, accessToken: string): void;
  /** Drops the token if it is still the cached one. Returns false if a new token must not be requested yet. */
  refused(userId: string, accessToken: string): boolean;
};

export function createConnectTokens(options: {
  mint: (userId: string) => Promise<MintedToken>;
  /** Tokens that other instances have minted; undefined for a single instance. */
  sharedTokens: SharedTokenStore | undefined;
  now: () => number;
  random: () => number;
}): ConnectTokens {
  const { mint, sharedTokens, now, random } = options;
  const cacheOptions = { max: MAX_TOKENS, ttlResolution: 0, perf: { now } };
  const tokens = new LRUCache<string, Entry>(cacheOptions);
  const failures = new LRUCache<string, { problem: unknown }>({
    ...cacheOptions,
    ttl: FAILED_MINT_MS,
  });
  const remintCounts = new LRUCache<string, number>({ ...cacheOptions, ttl: REMINT_WINDOW_MS });
  // A token that Connect has refused may still be in the shared store.
  const refusedTokens = new LRUCache<string, string>(cacheOptions);
  const pending = new Map<string, Promise<string>>();

  async function mintFor(userId: string): Promise<string> {
    const failure = failures.get(userId);
    if (failure) throw failure.problem;
    try {
      const token = sharedTokens
        ? await mintUnderLease(sharedTokens, userId)
        : await mintNew(userId);
      // lru-cache treats a TTL of 0 as no expiry.
      const ttl = Math.max(1, token.expiresAtMs - now());
      tokens.set(userId, { ...token, wasAccepted: false }, { ttl });
      return token.accessToken;
    } catch (problem) {
      failures.set(userId, { problem });
      throw problem;
    }
  }

  async function mintNew(userId: string): Promise<StoredToken> {
    const { accessToken, expiresInMs } = await mint(userId);
    const earlyMs = Math.min(RENEW_EARLY_MS * (1 + random()), expiresInMs / 2);
    const expiresAtMs = now() + expiresInMs;
    const replacedAtMs = remintCounts.has(userId) ? now() : undefined;
    return { accessToken, expiresAtMs, renewAtMs: expiresAtMs - earlyMs, replacedAtMs };
  }

  async function mintUnderLease(shared: SharedTokenStore, userId: string): Promise<StoredToken> {
    const sharedToken = await findUsable(shared, userId);
    if (sharedToken) return sharedToken;
    return shared.withLease(userId, async () => {
      const mintedByOther = await findUsable(shared, userId);
      if (mintedByOther) return mintedByOther;
      const token = await mintNew(userId);
      await shared.set(userId, token);
      return token;
    });
  }

  async function findUsable(
    shared: SharedTokenStore,
    userId: string,
  ): Promise<StoredToken | undefined> {
    const token = await shared.get(userId);
    const isUsable =
      token && now() < token.renewAtMs && token.accessToken !== refusedTokens.get(userId);
    return isUsable ? token : undefined;
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
      if (entry?.accessToken === accessToken) entry.wasAccepted = true;
    },

    // Per minute, a token that Connect has accepted before is replaced at most twice, any other token once. Otherwise an
    // account or an order without access would need a new token for every poll.
    refused(userId, accessToken) {
      const entry = tokens.get(userId);
      // Another request has dropped the token already, and its replacement is cached or being minted.
      if (entry?.accessToken !== accessToken) return true;
      const remintCount = remintCounts.get(userId) ?? 0;
      if (remintCount >= (entry.wasAccepted ? MAX_REMINTS : 1)) return false;
      // Another instance has just replaced the refused token with this one.
      const { replacedAtMs = -Infinity } = entry;
      if (!entry.wasAccepted && now() - replacedAtMs < REMINT_WINDOW_MS) return false;
      tokens.delete(userId);
      refusedTokens.set(userId, accessToken);
      remintCounts.set(userId, remintCount + 1, { noUpdateTTL: true });
      return true;
    },
  };
}

/** Uses one ready-made token for all customers; it cannot be renewed. */
export function createStaticTokens(accessToken: string): ConnectTokens {
  return { get: async () => accessToken, accepted: () => undefined, refused: () => false };
}
