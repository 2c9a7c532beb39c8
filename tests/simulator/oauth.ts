import { connectErrors, errorReply, jsonReply, type Reply } from './replies';
import type { TokenStore } from './tokens';

export const demoClient = { id: 'demo-client', secret: 'demo-secret' };
export const demoScope = 'connect:post_checkout';

const grantType = 'fulfillment_user_assertion';

/** `POST /v2/oauth/token`: a token for the one customer whom the assertion names. */
export function answerToken(input: unknown, tokens: TokenStore): Reply {
  const request = toRecord(input);
  if (!isDemoClient(request)) return connectErrors.unauthorized;
  // How a wrong grant, scope or assertion is refused is not established.
  if (request.grant_type !== grantType) return refuse('grant_type');
  if (request.scope !== demoScope) return refuse('scope');
  const userId = readAssertion(request.assertion);
  if (userId === undefined) return refuse('assertion');

  const token = tokens.mint(userId);
  return jsonReply(200, {
    access_token: token.accessToken,
    token_type: 'Bearer',
    expires_in: token.expiresInSeconds,
    scope: demoScope,
    // Seconds since 1970: the form is not established.
    created_at: Math.floor(token.createdAtMs / 1_000),
  });
}

/** `POST /v2/oauth/revoke_access_token`. Its answer is not established. */
export function answerRevoke(input: unknown, tokens: TokenStore): Reply {
  const request = toRecord(input);
  if (!isDemoClient(request)) return connectErrors.unauthorized;
  if (typeof request.token !== 'string') return refuse('token');
  tokens.revoke(request.token);
  return jsonReply(200, {});
}

export function hasCredentials(query: URLSearchParams): boolean {
  return ['client_id', 'client_secret', 'assertion', 'access_token', 'token'].some((name) =>
    query.has(name),
  );
}

/** The customer an assertion names, for the record of calls as well. */
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

function refuse(key: string): Reply {
  return errorReply(400, { message: 'is invalid', code: 1001, meta: { key } });
}
