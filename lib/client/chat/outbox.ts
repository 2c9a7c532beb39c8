import type { Mutation, MutationState, QueryClient } from '@tanstack/react-query';
import { toBody, type Delivery, type Outgoing } from '@/lib/order/outgoing';
import type { Message } from '@/lib/order/order-view';
import { isProblemCode, Problem } from '@/lib/order/problem';
import { ORDER_PATH } from '@/lib/client/order/early-request';
import { requestJson } from '@/lib/client/order/order-request';

// Sends the customer's messages one after another, each until it is known what became of it. The server
// sends a clientMessageId once, however often it is asked, so asking again after a cut is safe.

const MAX_REPEATS = 5;
const RETRY_MS = 1_000;
const MAX_THROTTLED_MS = 60_000;

type Draft = Pick<Outgoing, 'clientMessageId' | 'body' | 'at' | 'knownIds'>;
type Sent = { messageId: string; at: string };
type World = { now: () => number; newId: () => string; onSent: () => void };

export type Outbox = ReturnType<typeof createOutbox>;

/** Keeps what is on its way in `memory`, and nowhere else: it goes with the page. */
export function createOutbox(memory: QueryClient, token: string, { now, newId, onSent }: World) {
  const cache = memory.getMutationCache();
  let items: readonly Outgoing[] = [];
  let draft = '';

  function send(draft: Draft): void {
    // Without an observer of its own: the cache is what everyone looks at.
    const sending = cache.build<Sent, Problem, Draft, unknown>(memory, {
      mutationFn: () => post(token, draft),
      scope: { id: 'outbox' },
      gcTime: Infinity,
      retry: (failures, problem) => failures < MAX_REPEATS && mayAskAgain(problem),
      retryDelay: (failures, { code, retryAfterMs = 0 }) =>
        code === 'slow_down' ? retryAfterMs : retryAfterMs * 2 ** failures,
      onSuccess: onSent,
    });
    sending.execute(draft).catch(() => undefined);
  }

  function find(clientMessageId: string): Mutation | undefined {
    return cache.getAll().find(({ state }) => toDraft(state)?.clientMessageId === clientMessageId);
  }

  function takeOut(clientMessageId: string): Draft | undefined {
    const mutation = find(clientMessageId);
    if (mutation) cache.remove(mutation);
    return mutation && toDraft(mutation.state);
  }

  return {
    getAll: () => items,

    subscribe(onChange: () => void): () => void {
      return cache.subscribe(() => {
        items = cache.getAll().flatMap(({ state }) => toOutgoing(state) ?? []);
        onChange();
      });
    },

    /** `thread` is what the customer saw when writing. */
    write(text: string, thread: readonly Message[]): void {
      const lastAtMs = Date.parse(thread.at(-1)?.at ?? '') || 0;
      const own = thread.filter(({ from }) => from === 'customer');
      send({
        clientMessageId: newId(),
        body: toBody(text),
        // Never before what it answers, by whatever clock.
        at: new Date(Math.max(now(), lastAtMs)).toISOString(),
        knownIds: new Set(own.map(({ id }) => id)),
      });
    },

    /** What did not arrive, under its old name; what may have arrived, as a new message. */
    sendAgain(clientMessageId: string): void {
      const wasFailed = items.some(
        (item) => item.clientMessageId === clientMessageId && item.delivery === 'failed',
      );
      const draft = takeOut(clientMessageId);
      if (draft) send(wasFailed ? draft : { ...draft, clientMessageId: newId() });
    },

    remove: (clientMessageId: string) => void takeOut(clientMessageId),

    /** What is being written, which outlives the field that it is written in. */
    readDraft: () => draft,
    keepDraft: (text: string) => void (draft = text),

    clear(): void {
      draft = '';
      cache.clear();
    },
  };
}

async function post(token: string, { clientMessageId, body }: Draft): Promise<Sent> {
  const { response, body: answer } = await requestJson(ORDER_PATH, token, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ clientMessageId, body }),
  }).catch((cause: unknown) => {
    throw new Problem('send_unconfirmed', { cause, retryAfterMs: RETRY_MS });
  });
  const { message, error, pollAfterMs } = Object(answer);
  if (response.ok && typeof message?.id === 'string' && typeof message.at === 'string')
    return { messageId: message.id, at: message.at };
  const code: unknown = error?.code;
  if (isProblemCode(code))
    throw new Problem(code, {
      retryAfterMs: code === 'slow_down' && pollAfterMs > 0 ? Number(pollAfterMs) : undefined,
    });
  // Something in between has answered, and nobody knows what it did with the message.
  throw new Problem('send_unconfirmed', { retryAfterMs: RETRY_MS });
}

// A wait is given where asking again can help: after a cut, or when there were too many.
function mayAskAgain({ retryAfterMs }: Problem): boolean {
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
  // Paused after a first try it may have arrived, so the thread is looked through for it.
  return isPaused && failureCount === 0 ? 'queued' : 'sending';
}
