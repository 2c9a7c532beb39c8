import 'server-only';
import { createHmac } from 'node:crypto';
import { toClientAddress } from './client-address';
import { admit, createLimiter, type OnLimited, type SharedCounting } from './limiter';

// How often a link may be read, and how many wrong tokens an address may try. Good links are not counted
// by address: hundreds of telephones share one, and each link has a limit of its own.

const READS = { points: 120, durationSeconds: 60, name: 'reads' };
const WRONG_TOKENS = { points: 20, durationSeconds: 60, name: 'wrong-tokens' };
// More than one page ever reads in a minute: until then nobody asks Redis.
const UNSHARED_READS = 30;

export type RequestLimits = {
  /** Counts one reading. Throws Problem slow_down. */
  admitRead(linkKey: string): Promise<void>;
  /** Counts one wrong token, unless nobody knows where it comes from. Throws Problem slow_down. */
  admitWrongToken(request: Request, peerAddress: string | undefined): Promise<void>;
};

export function createRequestLimits(options: {
  secret: Uint8Array;
  trustedProxies: number;
  shared: SharedCounting | undefined;
  onLimited: OnLimited;
}): RequestLimits {
  const { secret, trustedProxies, shared, onLimited } = options;
  const onReads = () => onLimited('reads');
  const ownReads = createLimiter(READS, undefined);
  const sharedReads = shared && createLimiter(READS, shared);
  const wrongTokens = createLimiter(WRONG_TOKENS, shared);

  function toKey(name: string): string {
    return createHmac('sha256', secret).update('limit\n').update(name).digest('base64url');
  }

  return {
    async admitRead(linkKey) {
      const { consumedPoints } = await admit(ownReads.consume(linkKey), onReads);
      if (!sharedReads || consumedPoints < UNSHARED_READS) return;
      const unshared = consumedPoints === UNSHARED_READS ? UNSHARED_READS : 1;
      await admit(sharedReads.consume(toKey(linkKey), unshared), onReads);
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
  admitRead: async () => undefined,
  admitWrongToken: async () => undefined,
};
