import { createServer } from 'node:http';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test, vi } from 'vitest';
import { EnvironmentError } from '@/lib/server/config/env';
import { hourMs, secondMs } from '@/tests/simulator/clock';
import { demoUserId } from '@/tests/simulator/people';
import { readSamples } from '@/tests/support/metric-samples';
import { openMetrics } from '@/tests/support/open-metrics';
import { plainRequest } from '@/tests/support/plain-request';
import { startRedis } from '@/tests/support/redis-server';
import { startSendingServer } from '@/tests/support/sending-server';

async function start(overrides: Record<string, string> = {}) {
  const server = await startSendingServer({ METRICS_PORT: '0', ...overrides });
  onTestFinished(server.close);
  const url = await openMetrics(server.services);

  /** The product's own samples that are not 0, without durations. */
  async function samples(pattern = /./) {
    const all = readSamples(await (await fetch(url)).text());
    const own = [...all].filter(
      ([name]) =>
        name.startsWith('order_status_') && !/_bucket|_sum/.test(name) && pattern.test(name),
    );
    return Object.fromEntries(
      own.map(([name, value]) => [name.slice('order_status_'.length), value]),
    );
  }

  return { ...server, url, samples };
}

const resting = {
  'breaker_state{state="closed"}': 1,
  connect_sustainable_rate: Infinity,
  fresh_seconds: 2,
};

test('render errors that pages report are counted by name, and unknown names as "other"', async () => {
  const { samples, token, request } = await start();
  await request(token, { 'render-errors': 'TypeError' });
  // The server answers this request from the cache.
  await request(token, { 'render-errors': 'TypeError,NotFoundError' });
  await request(token, { 'render-errors': 'John Doe, constructor,__proto__,Error,Error,Error' });
  await request('wrong', { 'render-errors': 'RangeError' });
  expect(await samples(/render_errors/)).toEqual({
    'page_render_errors_total{name="TypeError"}': 2,
    'page_render_errors_total{name="NotFoundError"}': 1,
    'page_render_errors_total{name="other"}': 3,
    'page_render_errors_total{name="Error"}': 1,
  });
});

test('the requests, sends and calls of a scripted day are counted exactly', async () => {
  const { samples, ...server } = await start({
    LIMITS: 'on',
    LINKS_API_KEY: 'retailer-back-end-key',
  });
  const { control, token, request, open, send, services, mint, pass } = server;
  expect(await samples()).toEqual(resting);

  const first = await request(token);
  const etag = first.headers.get('etag') ?? '';
  await request(token, { 'if-none-match': etag });
  await request(token, { 'if-none-match': etag });
  await open('waiting');
  await open('shopping', { 'sec-fetch-site': 'cross-site' });
  await request('wrong');
  await request(await mint('shopping', { exp: 1 }));
  // Connect fails once and the call is retried; then all calls fail and the order is stale.
  pass(3 * secondMs);
  control.fault({ route: 'order_messages', kind: 'status', status: 503, times: 1 });
  await request(token);
  pass(3 * secondMs);
  control.fault({ route: 'order_messages', kind: 'reset', times: 3 });
  expect((await (await request(token)).json()).stale).toBe(true);
  // A message, its repetition, one that Connect refuses, and one whose response is lost.
  const id = randomUUID();
  await send('Hello', id);
  await send('Hello', id);
  control.fault({ route: 'send', kind: 'status', status: 403, times: 1 });
  await send('Too late');
  control.fault({ route: 'send', kind: 'drop-answer', times: 1 });
  await send('Arrived all the same');
  // This is the fourth message in a minute, because the refused one counts too.
  expect((await send('Too many')).status).toBe(429);
  for (const key of ['retailer-back-end-key', 'wrong'])
    await services.mintLink(
      new Request('http://localhost/api/links', {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ orderId: 'shopping', userId: demoUserId }),
      }),
    );

  expect(await samples()).toEqual({
    ...resting,
    'requests_total{route="order_messages",status="200"}': 4,
    'requests_total{route="order_messages",status="304"}': 2,
    'requests_total{route="order_messages",status="401"}': 1,
    'requests_total{route="order_messages",status="403"}': 1,
    'requests_total{route="order_messages",status="410"}': 1,
    'requests_total{route="send_message",status="201"}': 3,
    'requests_total{route="send_message",status="403"}': 1,
    'requests_total{route="send_message",status="429"}': 1,
    'requests_total{route="mint_link",status="201"}': 1,
    'requests_total{route="mint_link",status="401"}': 1,
    'request_duration_seconds_count{route="order_messages"}': 9,
    'request_duration_seconds_count{route="send_message"}': 5,
    'request_duration_seconds_count{route="mint_link"}': 2,
    'answers_total{chat="open",stale="false"}': 4,
    'answers_total{chat="open",stale="true"}': 1,
    'answers_total{chat="waiting",stale="false"}': 1,
    'sends_total{outcome="posted"}': 1,
    'sends_total{outcome="repeated"}': 1,
    'sends_total{outcome="confirmed"}': 1,
    'sends_total{outcome="chat_closed"}': 1,
    'sends_total{outcome="slow_down"}': 1,
    'limited_total{limit="sends"}': 1,
    // The reads are those of two orders, one retry, and one to confirm a message.
    'connect_calls_total{operation="order_messages",outcome="ok"}': 4,
    'connect_calls_total{operation="order_messages",outcome="failed"}': 1,
    'connect_calls_total{operation="order_messages",outcome="unreachable"}': 3,
    'connect_calls_total{operation="send_message",outcome="ok"}': 1,
    'connect_calls_total{operation="send_message",outcome="refused"}': 1,
    'connect_calls_total{operation="send_message",outcome="unreachable"}': 1,
    'connect_calls_total{operation="token",outcome="ok"}': 1,
    'connect_call_duration_seconds_count{operation="order_messages"}': 8,
    'connect_call_duration_seconds_count{operation="send_message"}': 3,
    'connect_call_duration_seconds_count{operation="token"}': 1,
    'connect_tokens_total{outcome="minted"}': 1,
    snapshots: 2,
  });
});

test('the metrics count an outage of Connect, throttling and a refused account', async () => {
  const { samples, control, open, pass } = await start();
  control.fault({ route: 'order_messages', kind: 'status', status: 503 });
  for (const orderId of ['shopping', 'documented', 'shopping', 'documented', 'shopping'])
    await open(orderId);
  expect(await samples(/breaker|rejected/)).toEqual({
    'breaker_state{state="open"}': 1,
    'connect_rejected_total{reason="breaker"}': 2,
  });
  control.clearFaults();
  pass(6 * secondMs);
  await open('shopping');
  expect(await samples(/breaker_state/)).toEqual({ 'breaker_state{state="closed"}': 1 });

  pass(3 * secondMs);
  control.fault({
    route: 'order_messages',
    kind: 'status',
    status: 429,
    retryAfter: '9',
    times: 1,
  });
  await open('shopping');
  await open('shopping');
  expect(await samples(/throttl/)).toEqual({
    'connect_calls_total{operation="order_messages",outcome="throttled"}': 1,
    'connect_rejected_total{reason="throttling"}': 1,
  });

  pass(hourMs);
  control.fault({ route: 'token', kind: 'unauthorized' });
  pass(24 * hourMs);
  await open('documented');
  expect(await samples(/tokens/)).toMatchObject({ 'connect_tokens_total{outcome="refused"}': 1 });
});

test('each limit counts its refused requests under its name', async () => {
  const { samples, token, services } = await start({ LIMITS: 'on' });
  const readWith = (bearer: string) =>
    services.getOrderMessages(
      new Request('http://localhost/', { headers: { authorization: `Bearer ${bearer}` } }),
      { peerAddress: '203.0.113.7' },
    );
  for (let readings = 0; readings < 123; readings++) await readWith(token);
  for (let tries = 0; tries < 22; tries++) await readWith('wrong');
  expect(await samples(/limited/)).toEqual({
    'limited_total{limit="reads"}': 3,
    'limited_total{limit="wrong_tokens"}': 2,
  });
});

test('the metrics report whether Redis is up and how old the revocations are', async () => {
  const redis = await startRedis();
  onTestFinished(redis.close);
  const { samples, open, clock, tick } = await start({ REDIS_URL: redis.url });
  await open('shopping');
  expect(await samples(/redis|revocations/)).toEqual({ redis_up: 1 });
  await redis.kill();
  await vi.waitFor(async () => expect(await samples(/redis/)).toEqual({}));
  clock.advance(90 * secondMs);
  tick();
  expect(await samples(/revocations/)).toEqual({ revocations_age_seconds: 90 });
});

test('without REDIS_URL the Redis metrics are absent, so that no alert reads them as down', async () => {
  const { url } = await start();
  expect(await (await fetch(url)).text()).not.toMatch(/redis|revocations/);
});

test('the metrics server listens on loopback and serves only GET /metrics', async () => {
  const { url } = await start();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
  const metrics = await fetch(url);
  expect(metrics.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const text = await metrics.text();
  for (const name of ['nodejs_eventloop_lag_seconds', 'process_resident_memory_bytes'])
    expect(text).toContain(`# TYPE ${name} gauge`);
  for (const path of ['/', '/healthz', '/api/order/messages', '/metrics/'])
    expect((await plainRequest(url, {}, 'GET', { path })).status).toBe(404);
  expect((await plainRequest(url, {}, 'POST')).status).toBe(405);
});

test('without METRICS_PORT nothing is measured', async () => {
  const server = await startSendingServer();
  onTestFinished(server.close);
  expect(server.services.metrics).toBeUndefined();
});

test('a METRICS_PORT that is in use stops the start with an error that names it', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const address = other.address();
  const port = String(typeof address === 'object' ? address?.port : '');
  const server = await startSendingServer({ METRICS_PORT: port });
  onTestFinished(server.close);
  const opening = openMetrics(server.services);
  await expect(opening).rejects.toThrow(EnvironmentError);
  await expect(opening).rejects.toThrow(
    `METRICS_PORT ${port} on 127.0.0.1 cannot be opened (EADDRINUSE): set another METRICS_PORT or METRICS_HOST`,
  );
});
