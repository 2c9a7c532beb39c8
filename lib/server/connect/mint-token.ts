import 'server-only';
import { z } from 'zod';
import { Problem } from '@/lib/order/problem';
import type { ConnectResponse, ConnectRequest } from './http';

export type ConnectAccount = { clientId: string; clientSecret: string };
export type MintedToken = { accessToken: string; expiresInMs: number };

const tokenBody = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]+$/),
  // In seconds. RFC 6749 §5.1 makes the field optional; without it the token is used for five minutes.
  expires_in: z.number().nonnegative().default(300),
});

/**
 * Requests an access token for one customer (grant type `fulfillment_user_assertion`). Throws Problem
 * upstream_invalid for an unreadable response, and upstream_unavailable with `accessRefused` for an error status.
 */
export async function mintToken(
  { clientId, clientSecret }: ConnectAccount,
  userId: string,
  send: (request: Omit<ConnectRequest, 'signal'>) => Promise<ConnectResponse>,
): Promise<MintedToken> {
  const response = await send({
    method: 'POST',
    path: '/v2/oauth/token',
    body: {
      grant_type: 'fulfillment_user_assertion',
      client_id: clientId,
      client_secret: clientSecret,
      scope: 'connect:post_checkout',
      assertion: Buffer.from(JSON.stringify({ user_id: userId })).toString('base64'),
    },
  });
  if (response.status === 200) return parseMintedToken(response.body);
  throw response.status < 400
    ? new Problem('upstream_invalid')
    : new Problem('upstream_unavailable', { accessRefused: true });
}

/** Reads the token response (RFC 6749 §5.1). Throws Problem upstream_invalid. */
export function parseMintedToken(body: unknown): MintedToken {
  const { data } = tokenBody.safeParse(body);
  if (!data) throw new Problem('upstream_invalid');
  return { accessToken: data.access_token, expiresInMs: data.expires_in * 1_000 };
}
