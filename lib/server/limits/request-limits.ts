import 'server-only';
import { Problem } from '@/lib/order/problem';
import { purposeHash } from '@/lib/server/config/keyed-hash';
import { toClientAddress } from './client-address';
import { admit, createRateLimiter, type OnLimited, type SharedCounters } from './rate-limiter';
import { createFixedWindowCounter } from './fixed-window-counter';

// Rate limits: reads and read marks per link, and wrong tokens per client address. Valid links are not limited by address, because
// hundreds of phones can share one address; each link has a separate limit.

const READS = { points: 120, durationSeconds: 60, name: 'reads' };
// Each one is a call to Connect. A page makes one per batch of new messages, at most 12 per minute.
const MARKS = { points: 30, durationSeconds: 60, name: 'marks' };
const WRONG_TOKENS = { points: 20, durationSeconds: 60, name: 'wrong-tokens' };
// One page makes fewer reads, so only unusually busy links are counted in Redis.
const LOCAL_READS_PER_MINUTE = 30;

export type RequestLimits = {
  /**
   * Counts one read and returns true if it is admitted without Redis. Synchronous, because most polls take this path
   * and a promise would more than double their cost.
   */
  admitReadSync(linkKey: string): boolean;
  /** Counts one read. Throws Problem slow_down. */
  admitRead(linkKey: string): Promise<void>;
  /** Counts one request to mark messages as read. Throws Problem slow_down. */
  admitMark(linkKey: string): Promise<void>;
  /** Counts one wrong token of the client's address, if that is known. Throws Problem slow_down. */
  admitWrongToken(request: Request, peerAddress: string | undefined): Promise<void>;
};

export function createRequestLimits(options: {
  /** Key of the hashes under which Redis counts. */
  secret: Uint8Array;
  trustedProxies: number;
  shared: SharedCounters | undefined;
  onLimited: OnLimited;
  now: () => number;
}): RequestLimits {
  const { secret, trustedProxies, shared, onLimited, now } = options;
  const readWindow = createFixedWindowCounter(now);
  const sharedReads = shared && createRateLimiter(READS, shared);
  const marks = createRateLimiter(MARKS, shared);
  const wrongTokens = createRateLimiter(WRONG_TOKENS, shared);

  function toKey(name: string): string {
    return purposeHash(secret, 'limit', name).toString('base64url');
  }

  return {
    admitReadSync(linkKey) {
      const window = readWindow(linkKey);
      if (window.count + 1 >= (sharedReads ? LOCAL_READS_PER_MINUTE : READS.points + 1))
        return false;
      window.count += 1;
      return true;
    },

    async admitRead(linkKey) {
      const window = readWindow(linkKey);
      window.count += 1;
      if (window.count > READS.points) {
        onLimited('reads');
        throw new Problem('slow_down', { retryAfterMs: Math.max(1_000, window.endsAtMs - now()) });
      }
      if (!sharedReads || window.count < LOCAL_READS_PER_MINUTE) return;
      const unreportedCount = window.count === LOCAL_READS_PER_MINUTE ? LOCAL_READS_PER_MINUTE : 1;
      await admit(sharedReads.consume(toKey(linkKey), unreportedCount), () => onLimited('reads'));
    },

    async admitMark(linkKey) {
      await admit(marks.consume(toKey(linkKey)), () => onLimited('marks'));
    },

    async admitWrongToken({ headers }, peerAddress) {
      const forwardedFor = headers.get('x-forwarded-for');
      const address = toClientAddress(peerAddress, forwardedFor, trustedProxies);
      if (address === undefined) return;
      await admit(wrongTokens.consume(toKey(address)), () => onLimited('wrong_tokens'));
    },
  };
}

/** Used if LIMITS is `off`. */
export const NO_REQUEST_LIMITS: RequestLimits = {
  admitReadSync: () => true,
  admitRead: async () => undefined,
  admitMark: async () => undefined,
  admitWrongToken: async () => undefined,
};
