import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { jitter } from '@/lib/order/poll-policy';

// The server stores the result of a message for a day, which would grow during the test.
const POLLS_PER_SEND = 400;

export type Answer = { kind: 'poll' | 'send'; status: number; ms: number; stale: boolean };

/**
 * Simulates one open page per token. Each polls as the page does, but at least every `mostMs`, and sends a
 * message at times.
 */
export function openPages(
  url: string,
  tokens: readonly string[],
  onAnswer: (answer: Answer) => void,
  mostMs: () => number = () => Infinity,
) {
  const controller = new AbortController();
  const { signal } = controller;
  setMaxListeners(0, signal);

  async function sendRequest(
    kind: Answer['kind'],
    { dispatcher, token, etag }: { dispatcher: Agent; token: string; etag?: string | undefined },
  ) {
    const startedAtMs = performance.now();
    const { statusCode, headers, body } = await request(`${url}/api/order/messages`, {
      dispatcher,
      signal,
      method: kind === 'poll' ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        ...(kind === 'poll' && etag !== undefined && { 'if-none-match': etag }),
        ...(kind === 'send' && { 'content-type': 'application/json' }),
      },
      ...(kind === 'send' && {
        body: JSON.stringify({ clientMessageId: randomUUID(), body: `Hello ${randomUUID()}` }),
      }),
    });
    const text = await body.text();
    const ms = performance.now() - startedAtMs;
    const view = text ? JSON.parse(text) : {};
    onAnswer({ kind, status: statusCode, ms, stale: view.stale === true });
    return { etag: headers.etag, pollAfterMs: view.pollAfterMs };
  }

  async function runPage(token: string): Promise<void> {
    // Each page has a separate connection, as every phone does.
    const dispatcher = new Agent({ connections: 1, keepAliveTimeout: 60_000 });
    signal.addEventListener('abort', () => void dispatcher.destroy());
    let etag: string | undefined;
    let pollAfterMs = 5_000;
    // The pages are opened within ten seconds.
    await sleep(Math.random() * 10_000, undefined, { signal });
    // Jitter spreads the polls.
    const first = Math.floor(Math.random() * POLLS_PER_SEND);
    for (let polls = first; !signal.aborted; polls++) {
      const answer = await sendRequest('poll', { dispatcher, token, etag });
      if (typeof answer.etag === 'string') etag = answer.etag;
      if (typeof answer.pollAfterMs === 'number') pollAfterMs = answer.pollAfterMs;
      if (polls % POLLS_PER_SEND === 0) await sendRequest('send', { dispatcher, token });
      await sleep(jitter(Math.min(pollAfterMs, mostMs()), Math.random()), undefined, { signal });
    }
  }

  const failures: unknown[] = [];
  const pages = tokens.map((token) =>
    runPage(token).catch((cause: unknown) => signal.aborted || failures.push(cause)),
  );
  return {
    failures,
    async close() {
      controller.abort();
      await Promise.all(pages);
    },
  };
}
