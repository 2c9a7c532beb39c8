import 'server-only';
import { Problem } from '@/lib/order/problem';
import { wasNeverSent, type ConnectRequest } from './http';
import { readErrorCodes } from './schema';
import type { Write } from './write';

// The outcome of a change that is not repeated: what is known after one call.

export type NoAnswer =
  /** The change has not arrived; a later attempt may succeed. */
  | { kind: 'unavailable'; retryAfterMs: number | undefined }
  /** The change may have arrived. */
  | { kind: 'unknown' };

/** Interprets the responses of one operation. */
export type Interpretation<Outcome> = {
  /** The outcome of a response with status 200; undefined if it does not say that Connect has accepted the change. */
  accept: (body: unknown) => Outcome | undefined;
  /** The outcome of a response of 400-499 with Connect's error body; undefined if the change may succeed later. */
  refuse: (status: number, codes: readonly (number | null)[]) => Outcome | undefined;
};

/** Makes the call. Faults of Connect or of the network are outcomes, not errors. */
export async function writeOnce<Outcome>(
  write: Write,
  request: Pick<ConnectRequest, 'method' | 'path' | 'body'>,
  { userId, timeoutMs }: { userId: string; timeoutMs: number },
  { accept, refuse }: Interpretation<Outcome>,
): Promise<Outcome | NoAnswer> {
  try {
    const result = await write(request, userId, timeoutMs);
    if ('rejected' in result)
      return { kind: 'unavailable', retryAfterMs: result.rejected.retryAfterMs };
    const { status, body } = result.response;
    if (status === 200) return accept(body) ?? { kind: 'unknown' };
    if (status < 400 || status === 408 || status >= 500) return { kind: 'unknown' };
    // An error without Connect's error body was sent by a proxy in between.
    const codes = status === 429 ? [] : readErrorCodes(body);
    const refused = codes.length > 0 ? refuse(status, codes) : undefined;
    return refused ?? { kind: 'unavailable', retryAfterMs: result.retryAfterMs };
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    return wasNeverSent(problem)
      ? { kind: 'unavailable', retryAfterMs: undefined }
      : { kind: 'unknown' };
  }
}
