import 'server-only';
import { LRUCache } from 'lru-cache';
import type { StoredToken, SharedTokenStore } from './shared-token-store';
import type { MintedToken } from './mint-token';

// Per-customer access tokens: minted once for all who wait, renewed before they lapse.

const MAX_TOKENS = 50_000;
const RENEW_EARLY_MS = 300_000;
const FAILED_MINT_MS = 5_000;
const REMINT_WINDOW_MS = 60_000;
const MAX_REMINTS = 2;

type Entry = StoredToken & { proven: boolean };

type ConnectTokens = {
  get(userId: string): Promise<string>;
  accepted(userId: string, accessToken: string): void;
  /** Forgets the token if it is still the one that failed. False: asking for another is no use yet. */
  refused(userId: string, accessToken: string): boolean;
};

export function createConnectTokens(options: {
  mint: (userId: string) => Promise<MintedToken>;
  /** What other instances have minted. */
  sharedTokens: SharedTokenStore | undefined;
  now: () => number;
  random: () => number;
}): ConnectTokens {
  const { mint, sharedTokens, now, random } = options;
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
      const token = sharedTokens ? await mintInTurn(sharedTokens, userId) : await mintAnew(userId);
      // A time to live of 0 would mean for ever.
      const ttl = Math.max(1, token.expiresAtMs - now());
      tokens.set(userId, { ...token, proven: false }, { ttl });
      return token.accessToken;
    } catch (problem) {
      failures.set(userId, { problem });
      throw problem;
    }
  }

  async function mintAnew(userId: string): Promise<StoredToken> {
    const { accessToken, expiresInMs } = await mint(userId);
    const earlyMs = Math.min(RENEW_EARLY_MS * (1 + random()), expiresInMs / 2);
    const expiresAtMs = now() + expiresInMs;
    const replacedAtMs = remintCounts.has(userId) ? now() : undefined;
    return { accessToken, expiresAtMs, renewAtMs: expiresAtMs - earlyMs, replacedAtMs };
  }

  async function mintInTurn(shared: SharedTokenStore, userId: string): Promise<StoredToken> {
    const known = await findGood(shared, userId);
    if (known) return known;
    return shared.withLease(userId, async () => {
      const minted = await findGood(shared, userId);
      if (minted) return minted;
      const token = await mintAnew(userId);
      await shared.set(userId, token);
      return token;
    });
  }

  async function findGood(
    shared: SharedTokenStore,
    userId: string,
  ): Promise<StoredToken | undefined> {
    const token = await shared.get(userId);
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
