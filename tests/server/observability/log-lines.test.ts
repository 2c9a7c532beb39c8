import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { secondMs } from '@/tests/simulator/clock';
import { composeHostileBody } from '@/tests/simulator/hostile-scenario';
import type { FaultEffect } from '@/tests/simulator/faults';
import { demoUserId } from '@/tests/simulator/people';
import { openMetrics } from '@/tests/support/open-metrics';
import { shortenedWait, startOrderServer } from '@/tests/support/order-server';

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

test('under every fault, logs and metrics hold no personal data or secrets, and no error is unhandled', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  onTestFinished(() => {
    process.off('unhandledRejection', note);
    process.off('uncaughtException', note);
  });

  const lines: string[] = [];
  const metrics: string[] = [];
  const secrets = new Set<string>();
  await Promise.all(
    effects.flatMap((effect) =>
      (['order_messages', 'order', 'token'] as const).map(async (route) => {
        const server = await startOrderServer({
          METRICS_PORT: '0',
          LINKS_API_KEY: `${CANARY}-key-of-back-end`,
        });
        const { clock, simulator, services, logLines, mint, request } = server;
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
          traceparent: CANARY,
          tracestate: `${CANARY}=${CANARY}`,
          baggage: `${CANARY}=${CANARY}`,
        };
        if (route === 'order_messages') await request(token, headers);
        clock.advance(3 * secondMs);
        control.fault({ route, ...effect });
        for (const link of [token, `${token}x`, `${CANARY}`, expired, undefined])
          await request(link, headers);
        await request(token, { ...headers, 'sec-fetch-site': CANARY });
        for (const key of [`${CANARY}-key-of-back-end`, CANARY])
          await services.mintLink(
            new Request('http://localhost/api/links', {
              method: 'POST',
              headers: {
                ...headers,
                authorization: `Bearer ${key}`,
                'content-type': 'application/json',
              },
              body: JSON.stringify({ orderId, userId: sub }),
            }),
          );
        for (const { headers: sent } of control.calls())
          if (sent.authorization) secrets.add(sent.authorization.replace('Bearer ', ''));
        secrets.add(token).add(expired);
        lines.push(...logLines);
        metrics.push(await (await fetch(await openMetrics(services))).text());
        await server.close();
      }),
    ),
  );

  const log = [...lines, ...metrics].join('');
  expect(lines.length).toBeGreaterThan(effects.length * 16);
  expect(metrics).toHaveLength(effects.length * 3);
  for (const secret of [CANARY, 'demo-secret', 'demo-client', '+1415', 'Bearer', ...secrets])
    expect(log).not.toContain(secret);
  const names = new Set(lines.flatMap((line) => Object.keys(JSON.parse(line))));
  const described = readFileSync('docs/operating.md', 'utf8');
  for (const name of names) expect(described).toContain(`\`${name}\``);
  expect([...names].sort()).toEqual(
    [
      ...['at', 'chat', 'code', 'droppedCount', 'event', 'level', 'linkRef', 'ms', 'orderRef'],
      ...['route', 'stale', 'status', 'traceId', 'unreadableFields', 'upstreamCalls'],
      'upstreamStatus',
    ].sort(),
  );
  await new Promise((resolve) => setImmediate(resolve));
  expect(unhandled).toEqual([]);
}, 30_000);

test('a request is logged as one line with its outcome and references to its link and order', async () => {
  const { simulator, logLines, mint, request } = await startOrderServer({ ORDER_DETAILS: 'off' });
  await request(await mint('shopping'));
  await request('x');
  await request(undefined);
  expect(logLines.map((line) => JSON.parse(line))).toEqual([
    {
      at: '2026-11-20T18:00:00.000Z',
      level: 'info',
      event: 'request',
      route: 'order_messages',
      status: 200,
      ms: 0,
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      linkRef: expect.stringMatching(/^[0-9a-f]{8}$/),
      orderRef: expect.stringMatching(/^[0-9a-f]{8}$/),
      chat: 'open',
      stale: false,
      droppedCount: 0,
      // One call is for the token and one for the order.
      upstreamCalls: 2,
      upstreamStatus: 200,
    },
    expect.objectContaining({ status: 401, code: 'link_invalid', linkRef: expect.any(String) }),
    expect.not.objectContaining({ linkRef: expect.anything() }),
  ]);
  await simulator.close();
});

test('a minted link is logged with the same reference as the request that opens it', async () => {
  const server = await startOrderServer({ LINKS_API_KEY: 'retailer-back-end-key' });
  onTestFinished(server.close);
  const mint = (key: string, orderId: unknown) =>
    server.services.mintLink(
      new Request('http://localhost/api/links', {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ orderId, userId: demoUserId }),
      }),
    );
  const { token } = await (await mint('retailer-back-end-key', 'shopping')).json();
  await server.request(token);
  await mint('retailer-back-end-key', '');
  await mint('retailer-back-end-key', 5);
  await mint('wrong', 'shopping');
  const [minted, opened, ...refused] = server.logLines.map((line) => JSON.parse(line));
  const { linkRef, orderRef } = opened;
  expect(minted).toMatchObject({ route: 'mint_link', status: 201, linkRef, orderRef });
  expect(refused).toEqual([
    expect.objectContaining({ route: 'mint_link', status: 400, code: 'invalid_request' }),
    expect.objectContaining({ route: 'mint_link', status: 400, code: 'invalid_request' }),
    expect.objectContaining({ route: 'mint_link', status: 401, code: 'api_key_invalid' }),
  ]);
});

test('a request for a link without LINKS_API_KEY gets 404 without a body and is logged', async () => {
  const server = await startOrderServer();
  onTestFinished(server.close);
  const request = new Request('http://localhost/api/links', { method: 'POST', body: '{}' });
  const response = await server.services.mintLink(request);
  expect([response.status, await response.text()]).toEqual([404, '']);
  expect(JSON.parse(server.logLines.at(-1) ?? '')).toMatchObject({
    route: 'mint_link',
    status: 404,
  });
});

test('a request that makes no call to Connect is logged with the reason', async () => {
  const throttled = await startOrderServer({ ORDER_DETAILS: 'off' }, shortenedWait);
  const failing = await startOrderServer({ ORDER_DETAILS: 'off' }, shortenedWait);
  onTestFinished(async () => void (await Promise.all([throttled.close(), failing.close()])));
  const lastLine = ({ logLines }: typeof throttled) => JSON.parse(logLines.at(-1) ?? '');

  const slowDown = { kind: 'status', status: 429, retryAfter: '9' } as const;
  throttled.simulator.control.fault({ route: 'order_messages', ...slowDown });
  await throttled.open('shopping');
  expect(lastLine(throttled)).toMatchObject({ status: 503, upstreamCalls: 2, upstreamStatus: 429 });
  await throttled.open('shopping');
  expect(lastLine(throttled)).toMatchObject({ level: 'warn', rejected: 'throttling' });
  expect(lastLine(throttled)).not.toHaveProperty('upstreamCalls');

  failing.simulator.control.fault({ route: 'order_messages', kind: 'status', status: 503 });
  for (const orderId of ['shopping', 'documented', 'shopping', 'documented', 'shopping'])
    await failing.open(orderId);
  expect(lastLine(failing)).toMatchObject({ level: 'warn', rejected: 'breaker' });
});

test('a request over a limit is logged with the name of the limit', async () => {
  const server = await startOrderServer();
  onTestFinished(server.close);
  const token = await server.mint('shopping');
  for (let readings = 0; readings < 121; readings++) await server.request(token);
  expect(JSON.parse(server.logLines.at(-1) ?? '')).toMatchObject({
    status: 429,
    limit: 'reads',
  });
});
