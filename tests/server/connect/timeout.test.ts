import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Problem } from '@/lib/order/problem';
import { createConnectClient } from '@/lib/server/connect/client';
import { raceAbort } from '@/lib/server/connect/timeout';
import { createAdaptiveRateLimiter } from '@/lib/server/connect/adaptive-rate';

const READERS = 60;

/** Collects every unhandled rejection of this test. */
function collectUnhandled(): unknown[] {
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', onUnhandled);
  onTestFinished(() => void process.off('unhandledRejection', onUnhandled));
  return unhandled;
}

const afterMicrotasks = () => new Promise((resolve) => setImmediate(resolve));

test('an aborted signal rejects at once and handles the late rejection', async () => {
  const unhandled = collectUnhandled();
  let rejectLate: (reason: Error) => void = () => undefined;
  const late = new Promise<never>((_, reject) => (rejectLate = reject));
  await expect(raceAbort(late, AbortSignal.abort())).rejects.toThrow('upstream_timeout');
  rejectLate(new Error('late'));
  await afterMicrotasks();
  expect(unhandled).toEqual([]);
});

test('the first of abort and result settles the promise, and no listener stays', async () => {
  const controller = new AbortController();
  const add = vi.spyOn(controller.signal, 'addEventListener');
  const remove = vi.spyOn(controller.signal, 'removeEventListener');
  expect(await raceAbort(Promise.resolve('result'), controller.signal)).toBe('result');
  await afterMicrotasks();
  expect(remove).toHaveBeenCalledTimes(add.mock.calls.length);
  const pending = raceAbort(new Promise(() => undefined), controller.signal);
  controller.abort();
  await expect(pending).rejects.toBeInstanceOf(Problem);
});

test('60 reads with a large 401 at their deadline reject with a handled Problem', async () => {
  const unhandled = collectUnhandled();
  const error = JSON.stringify({ error: { message: 'x'.repeat(900_000), code: null }, meta: {} });
  const body = gzipSync(error);
  let tokenCount = 0;
  let openCount = 0;
  const server = createServer((request, response) => {
    openCount += 1;
    response.on('close', () => (openCount -= 1));
    response.setHeader('content-type', 'application/json');
    if (request.url?.endsWith('/oauth/token')) {
      // The first token is granted; the one that replaces it is refused.
      response.statusCode = ++tokenCount <= READERS ? 200 : 403;
      response.end(JSON.stringify({ access_token: 'a', expires_in: 86_400 }));
      return;
    }
    response.statusCode = 401;
    response.setHeader('content-encoding', 'gzip');
    // The deadlines of the readers are real, and this delay puts the answer beside them.
    setTimeout(() => response.end(body), 150);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const client = createConnectClient({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    retailerId: undefined,
    account: { clientId: 'id', clientSecret: 'secret' },
    now: Date.now,
    random: () => 0.5,
    wait: sleep,
    adaptiveRate: createAdaptiveRateLimiter(Date.now),
    sharedTokens: undefined,
  });
  const readings = Array.from({ length: READERS }, (_, reader) =>
    client
      .getOrderMessages(`order-${reader}`, `user-${reader}`, { timeoutMs: 200 + 5 * reader })
      .catch((problem: unknown) => problem),
  );
  for (const problem of await Promise.all(readings)) expect(problem).toBeInstanceOf(Problem);
  await vi.waitFor(() => expect(openCount).toBe(0), { timeout: 10_000 });
  await afterMicrotasks();
  expect(unhandled).toEqual([]);
});
