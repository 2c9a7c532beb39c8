import { expect, onTestFinished, test } from 'vitest';
import { secondMs } from '@/tests/simulator/clock';
import { composeHostileBody } from '@/tests/simulator/hostile-scenario';
import type { FaultEffect } from '@/tests/simulator/faults';
import { startOrderServer } from '@/tests/support/order-server';

const CANARY = 'canary';

/** The documented shape with a canary in every text. */
function composeCanaryBody(pictureBase: string): string {
  const body = composeHostileBody(Date.parse('2026-11-20T18:00:00Z'), pictureBase);
  const kept = /^(created_at|sent_at|delivered_at|sender_type|recipient_type|medium)$/;
  return JSON.stringify(body, (name, value) =>
    typeof value === 'string' && !kept.test(name) ? `${CANARY} ${value}` : value,
  );
}

const effects: FaultEffect[] = [
  { kind: 'status', status: 400, body: { error: { message: CANARY, code: 1 } } },
  { kind: 'status', status: 403, body: CANARY },
  { kind: 'status', status: 404, body: { error: { message: CANARY, code: 4000 } } },
  { kind: 'status', status: 503, body: CANARY, contentType: 'text/plain' },
  { kind: 'wrong-shape', body: { [CANARY]: CANARY } },
  { kind: 'wrong-type', path: 'metadata', value: CANARY },
  { kind: 'wrong-type', path: 'chat_messages.*.created_at', value: CANARY },
  { kind: 'invalid-json' },
  { kind: 'reset-mid-body' },
  { kind: 'wrong-content-length' },
  { kind: 'html' },
  { kind: 'huge-ids' },
  { kind: 'unauthorized' },
  { kind: 'gzip-bomb', sizeBytes: 2_000_000 },
  { kind: 'redirect', location: `https://${CANARY}.example/` },
];

test('whatever happens, logs hold no one’s words, names, numbers, ids or secrets, and nothing goes unhandled', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  onTestFinished(() => {
    process.off('unhandledRejection', note);
    process.off('uncaughtException', note);
  });

  const lines: string[] = [];
  const secrets = new Set<string>();
  await Promise.all(
    effects.flatMap((effect) =>
      (['order_messages', 'token'] as const).map(async (route) => {
        const server = await startOrderServer();
        const { clock, simulator, logLines, mint, request } = server;
        const { control } = simulator;
        const orderId = `${CANARY}-order`;
        const sub = `${CANARY}-customer`;
        control.putOrder(orderId, { userId: sub, body: composeCanaryBody(simulator.url) });
        const token = await mint(orderId, { sub });
        const expired = await mint(orderId, { sub, exp: clock.nowMs() / 1_000 - 3_600 });
        const headers = {
          'user-agent': CANARY,
          referer: `https://${CANARY}.example`,
          cookie: CANARY,
        };
        if (route === 'order_messages') await request(token, headers);
        clock.advance(3 * secondMs);
        control.fault({ route, ...effect });
        for (const link of [token, `${token}x`, `${CANARY}`, expired, undefined])
          await request(link, headers);
        await request(token, { ...headers, 'sec-fetch-site': CANARY });
        for (const { headers: sent } of control.calls())
          if (sent.authorization) secrets.add(sent.authorization.replace('Bearer ', ''));
        secrets.add(token).add(expired);
        lines.push(...logLines);
        await simulator.close();
      }),
    ),
  );

  const log = lines.join('');
  expect(lines.length).toBeGreaterThan(effects.length * 12);
  for (const secret of [CANARY, 'demo-secret', 'demo-client', '+1415', 'Bearer', ...secrets])
    expect(log).not.toContain(secret);
  const names = new Set(lines.flatMap((line) => Object.keys(JSON.parse(line))));
  expect([...names].sort()).toEqual(
    [
      ...['at', 'code', 'droppedCount', 'event', 'linkRef', 'ms'],
      ...['orderRef', 'route', 'stale', 'status'],
    ].sort(),
  );
  await new Promise((resolve) => setImmediate(resolve));
  expect(unhandled).toEqual([]);
}, 30_000);

test('a request is one line: what was asked, how it ended, and who by reference alone', async () => {
  const { simulator, logLines, mint, request } = await startOrderServer();
  await request(await mint('shopping'));
  await request('x');
  await request(undefined);
  expect(logLines.map((line) => JSON.parse(line))).toEqual([
    {
      at: '2026-11-20T18:00:00.000Z',
      event: 'request',
      route: 'order_messages',
      status: 200,
      ms: 0,
      linkRef: expect.stringMatching(/^[0-9a-f]{8}$/),
      orderRef: expect.stringMatching(/^[0-9a-f]{8}$/),
      stale: false,
      droppedCount: 0,
    },
    expect.objectContaining({ status: 401, code: 'link_invalid', linkRef: expect.any(String) }),
    expect.not.objectContaining({ linkRef: expect.anything() }),
  ]);
  await simulator.close();
});
