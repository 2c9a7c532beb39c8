// Problems are unexpected outcomes. Expected states (expired, waiting, unavailable) are data.

/** HTTP status of each error code of the API. */
export const PROBLEM_STATUS = {
  invalid_request: 400,
  link_invalid: 401,
  api_key_invalid: 401,
  read_only_link: 403,
  chat_closed: 403,
  cross_site: 403,
  order_not_found: 404,
  item_not_found: 404,
  conflict: 409,
  already_decided: 409,
  too_late: 409,
  not_ready: 409,
  order_revoked: 409,
  link_expired: 410,
  too_large: 413,
  unsupported_media_type: 415,
  slow_down: 429,
  upstream_invalid: 502,
  upstream_unavailable: 503,
  upstream_timeout: 504,
  send_unconfirmed: 504,
} as const;

export type ProblemCode = keyof typeof PROBLEM_STATUS;
/** Codes without a full-page message: the page does not cause them, or shows them beside the chat message. */
export type UnshownProblemCode =
  | 'invalid_request'
  | 'api_key_invalid'
  | 'order_revoked'
  | 'read_only_link'
  | 'chat_closed'
  | 'conflict'
  | 'already_decided'
  | 'too_late'
  | 'not_ready'
  | 'item_not_found'
  | 'cross_site'
  | 'too_large'
  | 'unsupported_media_type'
  | 'send_unconfirmed';
export type ShownProblemCode = Exclude<ProblemCode, UnshownProblemCode>;

export function isProblemCode(value: unknown): value is ProblemCode {
  return typeof value === 'string' && Object.hasOwn(PROBLEM_STATUS, value);
}

type ProblemDetails = {
  cause?: unknown;
  /** The wait before a retry can succeed; absent if no retry can succeed. */
  retryAfterMs?: number | undefined;
  /** The message of the API response, if the code alone does not explain the fix. */
  message?: string | undefined;
  /** Connect denied access, so the cached order must not be shown either. */
  accessRefused?: boolean;
};

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly retryAfterMs: number | undefined;
  readonly accessRefused: boolean;
  readonly responseMessage: string | undefined;

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(code, { cause: details.cause });
    this.code = code;
    this.retryAfterMs = details.retryAfterMs;
    this.responseMessage = details.message;
    this.accessRefused = details.accessRefused ?? false;
  }
}

/** Whether a request with the same link can never succeed. */
export function isFinal(code: ProblemCode): boolean {
  return PROBLEM_STATUS[code] < 429;
}
