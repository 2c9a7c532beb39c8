import { connectErrors, errorReply, jsonReply, type Reply } from './replies';
import type { TokenStore } from './tokens';

export const demoClient = { id: 'demo-client', secret: 'demo-secret' };
export const demoScope = 'connect:post_checkout';

const grantType = 'fulfillment_user_assertion';

/** Answers `POST /v2/oauth/token` with a token for the user in the assertion. */
export function answerToken(input: unknown, tokens: TokenStore): Reply {
  const request = toRecord(input);
  if (!isDemoClient(request)) return connectErrors.unauthorized;
  // The answers to a wrong grant, scope or assertion are not documented.
  if (request.grant_type !== grantType) return reject('grant_type');
  if (request.scope !== demoScope) return reject('scope');
  const userId = readAssertion(request.assertion);
  if (userId === undefined) return reject('assertion');

  const token = tokens.mint(userId);
  return jsonReply(200, {
    access_token: token.accessToken,
    token_type: 'Bearer',
    expires_in: token.expiresInSeconds,
    scope: demoScope,
    // The format is not documented; seconds since 1970 are assumed.
    created_at: Math.floor(token.createdAtMs / 1_000),
  });
}

/** Answers `POST /v2/oauth/revoke_access_token`. The answer is not documented. */
export function answerRevoke(input: unknown, tokens: TokenStore): Reply {
  const request = toRecord(input);
  if (!isDemoClient(request)) return connectErrors.unauthorized;
  if (typeof request.token !== 'string') return reject('token');
  tokens.revoke(request.token);
  return jsonReply(200, {});
}

export function hasCredentials(query: URLSearchParams): boolean {
  return ['client_id', 'client_secret', 'assertion', 'access_token', 'token'].some((name) =>
    query.has(name),
  );
}

/** The user id in an assertion; undefined if the assertion is invalid. */
export function readAssertion(assertion: unknown): string | undefined {
  if (typeof assertion !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(assertion)) return undefined;
  try {
    const claims = toRecord(JSON.parse(Buffer.from(assertion, 'base64').toString('utf8')));
    return typeof claims.user_id === 'string' && claims.user_id !== '' ? claims.user_id : undefined;
  } catch {
    return undefined;
  }
}

export function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function isDemoClient(request: Record<string, unknown>): boolean {
  return request.client_id === demoClient.id && request.client_secret === demoClient.secret;
}

function reject(key: string): Reply {
  return errorReply(400, { message: 'is invalid', code: 1001, meta: { key } });
}
