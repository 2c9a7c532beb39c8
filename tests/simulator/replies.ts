export type Reply = { status: number; body: string; headers?: Record<string, string> };

type ErrorDetail = { message: string; code: number | null; meta?: { key?: string } };

export function jsonReply(status: number, value: unknown): Reply {
  return rawReply(status, JSON.stringify(value));
}

/** A reply whose body is sent byte for byte. */
export function rawReply(
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Reply {
  return {
    status,
    body,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  };
}

export function errorReply(status: number, { message, code, meta = {} }: ErrorDetail): Reply {
  return jsonReply(status, { error: { message, code }, meta });
}

// Errors with `code: null` have no documented code, and some have no documented message.
export const connectErrors = {
  badRequest: errorReply(400, { message: 'Bad request', code: null }),
  userNotFound: errorReply(400, { message: 'User ID not found', code: 4001 }),
  tooLong: errorReply(400, {
    message: 'is too long (maximum is 1000 characters)',
    code: 1001,
    meta: { key: 'body' },
  }),
  blank: errorReply(400, { message: "can't be blank", code: 1001, meta: { key: 'body' } }),
  statusMissing: jsonReply(400, {
    error: {
      code: 9999,
      message: 'Multiple errors',
      errors: [{ message: "can't be blank", code: 1001, meta: { key: 'status' } }],
    },
    meta: {},
  }),
  statusInvalid: errorReply(400, { message: 'is invalid', code: 1001, meta: { key: 'status' } }),
  // Not established: message, code and key of this error.
  notDecidable: errorReply(400, { message: 'The change was already answered', code: null }),
  notPickup: errorReply(400, { message: 'Order is not a pickup order', code: 4001 }),
  notStaged: errorReply(400, {
    message: 'Order is not staged yet',
    code: 2001,
    meta: { key: 'order_delivery_id' },
  }),
  vehicleInvalid: errorReply(400, { message: 'is invalid', code: 1001 }),
  unauthorized: errorReply(401, { message: 'Unauthorized', code: null }),
  credentialsInQuery: errorReply(403, { message: 'Forbidden', code: null }),
  shopperInfoRemoved: errorReply(403, { message: 'Shopper PII', code: null }),
  sendingClosed: errorReply(403, {
    message: 'Sending a message is not allowed at this time',
    code: null,
  }),
  notFound: errorReply(404, { message: 'Resource not found', code: 4000 }),
  tooLarge: errorReply(413, { message: 'Payload too large', code: null }),
} satisfies Record<string, Reply>;
