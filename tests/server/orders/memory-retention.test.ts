import { setImmediate } from 'node:timers/promises';
import { getHeapSnapshot } from 'node:v8';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { controlPrefix } from '@/tests/simulator/control-routes';
import { collectGarbage } from '@/tests/support/collect-garbage';
import { startOrderServer } from '@/tests/support/order-server';
import { startSimulatorProcess } from '@/tests/support/simulator-process';

vi.setConfig({ testTimeout: 90_000 });

// "The gate code is 4711." in hex, because this process must not hold the words as a string.
const words = Buffer.from('546865206761746520636f646520697320343731312e', 'hex');
const escaped = [...words].map((byte) => `\\u00${byte.toString(16)}`).join('');

let simulator: Awaited<ReturnType<typeof startSimulatorProcess>>;
beforeAll(async () => void (simulator = await startSimulatorProcess()));
afterAll(() => simulator.close());

// A heap snapshot lacks the contents of byte arrays, and a spy would keep the arrays alive.
const written: WeakRef<Uint8Array>[] = [];
const { encode } = TextEncoder.prototype;
TextEncoder.prototype.encode = function (text) {
  const bytes = encode.call(this, text);
  if (Buffer.from(bytes).includes(words)) written.push(new WeakRef(bytes));
  return bytes;
};

/** Whether a reachable object of this process contains the words. */
async function isInMemory(): Promise<boolean> {
  // The second collection frees objects that the first one made unreachable.
  collectGarbage();
  await setImmediate();
  collectGarbage();
  let tail = Buffer.alloc(0);
  let isFound = false;
  for await (const chunk of getHeapSnapshot()) {
    const part = Buffer.concat([tail, chunk]);
    isFound ||= part.includes(words);
    tail = part.subarray(-words.length);
  }
  return isFound || written.some((bytes) => bytes.deref() !== undefined);
}

test('no text of a chat stays in memory 65 seconds after its last read', async () => {
  const server = await startOrderServer({ CONNECT_BASE_URL: simulator.url });
  onTestFinished(server.close);
  const added = await fetch(`${simulator.url}${controlPrefix}add-message`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"orderId": "shopping", "from": "driver", "body": "${escaped}"}`,
  });
  expect(added.status).toBe(200);
  expect((await server.open('shopping')).status).toBe(200);
  expect(await isInMemory()).toBe(true);
  expect(written).toHaveLength(1);
  server.pass(65_000);
  expect(await isInMemory()).toBe(false);
});
