import type { MutationState, QueryClient } from '@tanstack/react-query';
import { toBody, type Delivery, type Outgoing } from '@/lib/order/outgoing';
import type { Message } from '@/lib/order/order-view';
import { isProblemCode, Problem } from '@/lib/order/problem';
import { ORDER_PATH } from '@/lib/client/order/early-request';
import { requestJson } from '@/lib/client/order/order-request';

// Sends the customer's messages one after another. The server posts each clientMessageId at most once, so a retry after
// a broken connection is safe.

const MAX_RETRIES = 5;
// The wait doubles with each failure.
const RETRY_MS = 1_000;
const MAX_THROTTLED_MS = 60_000;

type Draft = Pick<Outgoing, 'clientMessageId' | 'body' | 'at' | 'knownIds'>;
type Sent = { messageId: string; at: string };
type Runtime = { now: () => number; newId: () => string; onSent: () => void };

export type Outbox = ReturnType<typeof createOutbox>;

/** Keeps outgoing messages only in the mutation cache of `queryClient`, so closing the page discards them. */
export function createOutbox(
  queryClient: QueryClient,
  token: string,
  { now, newId, onSent }: Runtime,
) {
  const cache = queryClient.getMutationCache();
  let outgoing: readonly Outgoing[] = [];
  let draftText = '';

  function send(draft: Draft): void {
    // MutationObserver would add 0.4 KB to the page: see docs/decisions/0010.
    const mutation = cache.build<Sent, Problem, Draft, unknown>(queryClient, {
      mutationFn: () => post(token, draft),
      scope: { id: 'outbox' },
      gcTime: Infinity,
      retry: (failures, problem) => failures < MAX_RETRIES && mayRetry(problem),
      retryDelay: (failures, { code, retryAfterMs = 0 }) =>
        code === 'slow_down' ? retryAfterMs : retryAfterMs * 2 ** failures,
      onSuccess: onSent,
    });
    mutation.execute(draft).catch(() => undefined);
  }

  function remove(clientMessageId: string): Draft | undefined {
    const mutation = cache
      .getAll()
      .find(({ state }) => toDraft(state)?.clientMessageId === clientMessageId);
    if (mutation) cache.remove(mutation);
    return mutation && toDraft(mutation.state);
  }

  return {
    getAll: () => outgoing,

    subscribe(onChange: () => void): () => void {
      return cache.subscribe(() => {
        outgoing = cache.getAll().flatMap(({ state }) => toOutgoing(state) ?? []);
        onChange();
      });
    },

    /** `thread` contains the messages that the customer saw when writing. */
    write(text: string, thread: readonly Message[]): void {
      const lastAtMs = Date.parse(thread.at(-1)?.at ?? '') || 0;
      const ownMessages = thread.filter(({ from }) => from === 'customer');
      send({
        clientMessageId: newId(),
        body: toBody(text),
        // The time is never before that of the last message, so a wrong clock does not reorder the thread.
        at: new Date(Math.max(now(), lastAtMs)).toISOString(),
        knownIds: new Set(ownMessages.map(({ id }) => id)),
      });
    },

    /** A failed message keeps its id. An unconfirmed one may have arrived, so it gets a new id. */
    sendAgain(clientMessageId: string): void {
      const wasFailed = outgoing.some(
        (item) => item.clientMessageId === clientMessageId && item.delivery === 'failed',
      );
      const draft = remove(clientMessageId);
      if (draft) send(wasFailed ? draft : { ...draft, clientMessageId: newId() });
    },

    remove: (clientMessageId: string) => void remove(clientMessageId),

    /** The unsent text of the composer, which is kept while the composer is not rendered. */
    getDraft: () => draftText,
    setDraft: (text: string) => void (draftText = text),

    clear(): void {
      draftText = '';
      cache.clear();
    },
  };
}

async function post(token: string, { clientMessageId, body }: Draft): Promise<Sent> {
  const { response, body: responseBody } = await requestJson(ORDER_PATH, token, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ clientMessageId, body }),
  }).catch((cause: unknown) => {
    throw new Problem('send_unconfirmed', { cause, retryAfterMs: RETRY_MS });
  });
  const { message, error, pollAfterMs } = Object(responseBody);
  if (response.ok && typeof message?.id === 'string' && typeof message.at === 'string')
    return { messageId: message.id, at: message.at };
  const code: unknown = error?.code;
  if (isProblemCode(code))
    throw new Problem(code, {
      retryAfterMs: code === 'slow_down' && pollAfterMs > 0 ? Number(pollAfterMs) : undefined,
    });
  // Another server, for example of a captive portal, has sent this response, so the message may have arrived.
  throw new Problem('send_unconfirmed', { retryAfterMs: RETRY_MS });
}

// Only a broken connection and a rate limit set `retryAfterMs`, because only then can a retry succeed.
function mayRetry({ retryAfterMs }: Problem): boolean {
  return retryAfterMs !== undefined && retryAfterMs <= MAX_THROTTLED_MS;
}

function toDraft({ variables }: MutationState): Draft | undefined {
  const { clientMessageId, body, at, knownIds } = Object(variables);
  return clientMessageId && { clientMessageId, body, at, knownIds };
}

function toOutgoing(state: MutationState): Outgoing | undefined {
  const draft = toDraft(state);
  if (!draft) return undefined;
  const { error } = state;
  const problem = error instanceof Problem ? error.code : undefined;
  const { messageId, at = draft.at } = Object(state.data);
  return { ...draft, at, messageId, problem, delivery: toDelivery(state, problem) };
}

function toDelivery({ status, isPaused, failureCount }: MutationState, problem: unknown): Delivery {
  if (status === 'success') return 'sent';
  if (status === 'error') return problem === 'send_unconfirmed' ? 'unconfirmed' : 'failed';
  // A message paused after its first attempt may have arrived, so it counts as `sending`, which mergeOutgoing looks up.
  return isPaused && failureCount === 0 ? 'queued' : 'sending';
}
