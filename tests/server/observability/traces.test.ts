import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { secondMs } from '@/tests/simulator/clock';
import { startSendingServer } from '@/tests/support/sending-server';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traced = {
  traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
  tracestate: 'canary=1',
  baggage: 'canary=1',
};

async function start() {
  const server = await startSendingServer();
  onTestFinished(server.close);
  return {
    ...server,
    lastLine: () => JSON.parse(server.logLines.at(-1) ?? ''),
    traceparents: () => server.control.calls().map(({ headers }) => headers.traceparent ?? ''),
  };
}

test('the trace id of a request is in its log line and, with a new span id, in each Connect call', async () => {
  const { token, request, post, lastLine, control, traceparents } = await start();
  control.fault({ route: 'order_messages', kind: 'status', status: 503, times: 1 });
  await request(token, traced);
  expect(lastLine()).toMatchObject({ traceId, upstreamCalls: 3, upstreamStatus: 200 });
  await post(token, { clientMessageId: randomUUID(), body: 'Hello' }, traced);
  expect(lastLine()).toMatchObject({ traceId, route: 'send_message', upstreamCalls: 1 });
  expect(control.calls().map(({ route }) => route)).toEqual([
    ...['token', 'order_messages', 'order_messages', 'send'],
  ]);
  for (const traceparent of traceparents())
    expect(traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
  expect(new Set([...traceparents(), traced.traceparent]).size).toBe(5);
  for (const { headers } of control.calls()) {
    expect(headers).not.toHaveProperty('tracestate');
    expect(headers).not.toHaveProperty('baggage');
  }
});

test.each([undefined, 'canary', `00-${traceId}-0000000000000000-01`])(
  'a request with traceparent %s starts a new trace',
  async (traceparent) => {
    const { token, request, lastLine, traceparents } = await start();
    await request(token, traceparent === undefined ? {} : { traceparent });
    const { traceId: ownId } = lastLine();
    expect(ownId).toMatch(/^[0-9a-f]{32}$/);
    expect(ownId).not.toBe(traceId);
    expect(traceparents().every((header) => header.startsWith(`00-${ownId}-`))).toBe(true);
    await request(token);
    expect(lastLine().traceId).not.toBe(ownId);
  },
);

test('a call that several requests share has the trace id of the first request', async () => {
  const { token, request, logLines, pass, traceparents } = await start();
  await request(token);
  pass(3 * secondMs);
  const others = Array.from({ length: 4 }, (_, n) => `${n + 1}`.repeat(32));
  await Promise.all(
    others.map((id) => request(token, { traceparent: `00-${id}-00f067aa0ba902b7-00` })),
  );
  const lines = logLines.slice(1).map((line) => JSON.parse(line));
  expect(lines.map((line) => line.traceId).sort()).toEqual(others);
  expect(lines.filter((line) => line.upstreamCalls !== undefined)).toEqual([
    expect.objectContaining({ traceId: others[0], upstreamCalls: 1 }),
  ]);
  expect(traceparents().slice(2)).toEqual([expect.stringContaining(others[0] ?? '')]);
});
