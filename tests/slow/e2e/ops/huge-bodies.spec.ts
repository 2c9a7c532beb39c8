import { connect } from 'node:net';
import { readSamples } from '@/tests/support/metric-samples';
import { expect, test } from '@/tests/e2e/support/site-test';

// A message of 100 MB sent to the server that npm start runs.

const MEGABYTE = 1_048_576;
const HUGE = 100 * MEGABYTE;
const MOST_GROWTH = 5 * MEGABYTE;
const PIECE = Buffer.alloc(65_536, 'a');

/** Sends `byteCount` bytes as fast as the server reads them. Returns the answer after the server has closed. */
async function post(url: string, head: readonly string[], byteCount: number): Promise<string> {
  const { port } = new URL(url);
  const socket = connect(Number(port), 'localhost');
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  // The server closes the connection while the client still sends.
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

test('a message of 100 MB is answered with 413 and not buffered', async ({ startSite }) => {
  const site = await startSite({ LIMITS: 'off' });
  const head = [
    `authorization: Bearer ${await site.token('shopping')}`,
    'content-type: application/json',
    `content-length: ${HUGE}`,
  ];
  const readResident = async () => {
    const samples = readSamples(await site.readMetrics());
    return samples.get('process_resident_memory_bytes') ?? Infinity;
  };
  // Warm-up: code that the server loads for any rejection does not depend on the size.
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
});
