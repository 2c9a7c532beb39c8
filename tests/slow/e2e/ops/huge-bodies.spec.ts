import { connect } from 'node:net';
import { findFreePort } from '@/tests/support/local-server';
import { readSamples } from '@/tests/support/metric-samples';
import { startSite } from '@/tests/support/site';
import { expect, test } from '@/tests/e2e/support/site-test';

// A message of 100 MB, to the product as it is started.

const MEGABYTE = 1_048_576;
const HUGE = 100 * MEGABYTE;
const MOST_GROWTH = 5 * MEGABYTE;
const PIECE = Buffer.alloc(65_536, 'a');

/** Sends `byteCount` bytes as quickly as they are taken; resolves with the answer when it is hung up on. */
async function post(url: string, head: readonly string[], byteCount: number): Promise<string> {
  const { port } = new URL(url);
  const socket = connect(Number(port), 'localhost');
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  // It is hung up on while it still sends.
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.write(['POST /api/order/messages HTTP/1.1', 'host: a', ...head, '', ''].join('\r\n'));
  let sentBytes = 0;
  const push = () => {
    while (sentBytes < byteCount && socket.writable) {
      sentBytes += PIECE.length;
      if (!socket.write(PIECE)) return;
    }
  };
  socket.on('connect', push).on('drain', push);
  await closed;
  return answer;
}

test('a message of 100 MB is refused, and takes no memory', async () => {
  const metricsPort = await findFreePort(0, '127.0.0.1');
  const site = await startSite({ LIMITS: 'off', METRICS_PORT: String(metricsPort) });
  const head = [
    `authorization: Bearer ${await site.token('shopping')}`,
    'content-type: application/json',
    `content-length: ${HUGE}`,
  ];
  const readResident = async () => {
    const metrics = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
    return readSamples(await metrics.text()).get('process_resident_memory_bytes') ?? Infinity;
  };
  // What the server loads and compiles for any refusal is no matter of size.
  await Promise.all(Array.from({ length: 20 }, () => post(site.url, head, 10_000)));
  for (let count = 0; count < 100; count++) await readResident();
  const before = await readResident();
  let isOver = false;
  const refused = post(site.url, head, HUGE).finally(() => (isOver = true));
  let most = 0;
  while (!isOver) most = Math.max(most, await readResident());
  const answer = await refused;
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toContain('"code":"too_large"');
  expect(most - before).toBeLessThan(MOST_GROWTH);
  await site.close();
});
