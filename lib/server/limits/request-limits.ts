import 'server-only';
import { createHmac } from 'node:crypto';
import { Problem } from '@/lib/order/problem';
import { toClientAddress } from './client-address';
import { admit, createRateLimiter, type OnLimited, type SharedCounters } from './rate-limiter';
import { createFixedWindowCounter } from './fixed-window-counter';

// How often a link may be read, and how many wrong tokens an address may try. Good links are not counted
// by address: hundreds of telephones share one, and each link has a limit of its own.

const READS = { points: 120, durationSeconds: 60, name: 'reads' };
const WRONG_TOKENS = { points: 20, durationSeconds: 60, name: 'wrong-tokens' };
// More than one page ever reads in a minute: until then nobody asks Redis.
const UNSHARED_READS = 30;

export type RequestLimits = {
  /**
   * Counts one reading if it may be and nobody else has to be asked. By far the most polls are answered so,
   * without a promise: promises cost more than all else that such a poll does.
   */
  admitReadSync(linkKey: string): boolean;
  /** Counts one reading. Throws Problem slow_down. */
  admitRead(linkKey: string): Promise<void>;
  /** Counts one wrong token, unless nobody knows where it comes from. Throws Problem slow_down. */
  admitWrongToken(request: Request, peerAddress: string | undefined): Promise<void>;
};

export function createRequestLimits(options: {
  secret: Uint8Array;
  trustedProxies: number;
  shared: SharedCounters | undefined;
  onLimited: OnLimited;
  now: () => number;
}): RequestLimits {
  const { secret, trustedProxies, shared, onLimited, now } = options;
  const readWindow = createFixedWindowCounter(now);
  const sharedReads = shared && createRateLimiter(READS, shared);
  const wrongTokens = createRateLimiter(WRONG_TOKENS, shared);

  function toKey(name: string): string {
    return createHmac('sha256', secret).update('limit\n').update(name).digest('base64url');
  }

  return {
    admitReadSync(linkKey) {
      const window = readWindow(linkKey);
      if (window.count + 1 >= (sharedReads ? UNSHARED_READS : READS.points + 1)) return false;
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
      if (!sharedReads || window.count < UNSHARED_READS) return;
      const unshared = window.count === UNSHARED_READS ? UNSHARED_READS : 1;
      await admit(sharedReads.consume(toKey(linkKey), unshared), () => onLimited('reads'));
    },

    async admitWrongToken({ headers }, peerAddress) {
      const forwardedFor = headers.get('x-forwarded-for');
      const address = toClientAddress(peerAddress, forwardedFor, trustedProxies);
      if (address === undefined) return;
      await admit(wrongTokens.consume(toKey(address)), () => onLimited('wrong_tokens'));
    },
  };
}

export const NO_REQUEST_LIMITS: RequestLimits = {
  admitReadSync: () => true,
  admitRead: async () => undefined,
  admitWrongToken: async () => undefined,
};
