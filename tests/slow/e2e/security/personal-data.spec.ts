import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { Redis } from 'ioredis';
import {
  canaries,
  composeCanaryBody,
  findCanaries,
  hidden,
  secrets,
  sent,
  shown,
} from '@/tests/support/canaries';
import { canaryFaults, faultyRoutes } from '@/tests/support/canary-faults';
import { plainRequest, type PlainAnswer } from '@/tests/support/plain-request';
import { startRedis } from '@/tests/support/redis-server';
import { readEverything } from '@/tests/support/redis-contents';
import { mintTestToken } from '@/tests/support/test-link';
import { scanBuild } from '@/tests/e2e/support/scan-build';
import { startReportCollector } from '@/tests/e2e/support/report-collector';
import { expect, test } from '@/tests/e2e/support/site-test';

const FLOWS = 500;
const AT_ONCE = 60;
/** The first flow during which Connect fails. */
const FAULTS_FROM = 260;

const oldKey = Buffer.from(secrets.oldLinkKey);
const key = Buffer.from(secrets.linkKey);

test.use({ allowedNoise: /Content Security Policy|policy violation/ });

test(`none of ${canaries.length} canaries is found outside its place after ${FLOWS} mixed flows`, async ({
  page,
  startSite,
}) => {
  test.setTimeout(180_000);
  expect(canaries.length).toBeGreaterThanOrEqual(30);
  expect([key.length, oldKey.length]).toEqual([32, 32]);
  const filesBefore = readdirSync('.').sort();
  const startedAtMs = Date.now();
  const redisServer = await startRedis();
  const redis = new Redis(redisServer.url);
  const toRedis: string[] = [];
  const monitor = await redis.monitor();
  monitor.on('monitor', (_time: string, args: string[]) => toRedis.push(args.join(' ')));
  const collector = await startReportCollector();
  const site = await startSite({
    CSP_REPORT_URL: collector.url,
    LOG_LEVEL: 'debug',
    REDIS_URL: redisServer.url,
    LINK_KEYS: `new:${key.toString('base64url')},old:${oldKey.toString('base64url')}`,
    LINKS_API_KEY: secrets.apiKey,
    TRUSTED_PROXIES: '1',
  });
  const { control } = site.simulator;
  const api = `${site.url}/api/order/messages`;
  const json = { 'content-type': 'application/json' };
  const visitor = {
    'user-agent': sent.userAgent,
    'x-forwarded-for': sent.address,
    referer: `https://shop.example/?${sent.query}`,
    cookie: `session=${sent.cookie}`,
  };
  const bearer = (token: string) => ({ ...visitor, authorization: `Bearer ${token}` });
  const tokensSeen = new Set<string>();
  const sentTo: string[] = [];
  const answers: { kind: string; answer: PlainAnswer }[] = [];
  const call = async (kind: string, ...request: Parameters<typeof plainRequest>) => {
    const answer = await plainRequest(...request);
    answers.push({ kind, answer });
    return answer;
  };

  async function mintToken(orderId: string, claims = {}, signedWith = key, kid = 'new') {
    const token = await mintTestToken(
      { oid: orderId, sub: sent.userId, ...claims },
      { nowMs: Date.now(), key: signedWith, kid },
    );
    // The first part is the same in all tokens.
    for (const part of token.split('.').slice(2)) tokensSeen.add(part);
    return token;
  }

  const send = (kind: string, token: string, body: string, id: string = randomUUID()) =>
    call(kind, api, { ...bearer(token), ...json }, 'POST', {
      body: JSON.stringify({ clientMessageId: id, body }),
    });

  const flows: ((orderId: string) => Promise<unknown>)[] = [
    async (orderId) => {
      const token = await mintToken(orderId);
      const { headers } = await call('open', api, bearer(token));
      await call('poll', api, { ...bearer(token), 'if-none-match': String(headers.etag) });
    },
    async (orderId) => {
      const token = await mintToken(orderId, {}, oldKey, 'old');
      const id = randomUUID();
      const twice = ['send', 'repeat'].map((kind) => send(kind, token, sent.message, id));
      await Promise.all(twice);
      await send('conflict', token, sent.refusedMessage, id);
      sentTo.push(orderId);
    },
    async (orderId) => {
      const minting = { ...json, authorization: `Bearer ${secrets.apiKey}` };
      const minted = await call('mint', `${site.url}/api/links`, minting, 'POST', {
        body: JSON.stringify({ orderId, userId: sent.userId }),
      });
      const { token, shortUrl } = JSON.parse(minted.body);
      const [, shortId] = String(shortUrl).split('#');
      for (const part of [...token.split('.').slice(2), shortId]) tokensSeen.add(part);
      await call('open', api, bearer(String(shortId)));
    },
    async (orderId) => {
      await call('refused', api, bearer(sent.badToken));
      await call('refused', `${api}?${sent.query}`, visitor);
      await call('refused', api, bearer(await mintToken(orderId, {}, Buffer.alloc(32, 9))));
      await call('expired', api, bearer(await mintToken(orderId, { exp: 1_700_000_000 })));
      await call('refused', `${site.url}/api/links`, { ...json, ...bearer(sent.badToken) }, 'POST');
    },
    async (orderId) => {
      const token = await mintToken(orderId, { scp: 'read' });
      await send('read only', token, sent.refusedMessage);
      await call('share', api, bearer(await mintToken(orderId, { scp: 'share' })));
      const writing = { ...bearer(await mintToken(orderId)), ...json };
      await call('read mark', `${site.url}/api/order/read`, writing, 'POST', { body: '{}' });
      const vehicle = { id: 1, driver: hidden.note };
      control.setOrder(orderId, { type: 'pickup', state: 'ready_for_pickup', vehicle });
      await call('vehicle', `${site.url}/api/order/vehicle`, writing, 'PUT', {
        body: JSON.stringify({ model: sent.vehicleModel, plate: sent.plate }),
      });
      await call('arrival', `${site.url}/api/order/arrival`, writing, 'POST', { body: '{}' });
      await call('decision', `${site.url}/api/order/replacements`, writing, 'POST', {
        body: JSON.stringify({ itemId: '3', decision: 'approve' }),
      });
      await send('too long', await mintToken(orderId), sent.refusedMessage.repeat(100));
      await call('elsewhere', api, { ...bearer(token), 'sec-fetch-site': 'cross-site' });
      await call('of another', api, bearer(await mintToken(orderId, { sub: sent.otherUserId })));
      await call('no JSON', api, { ...bearer(await mintToken(orderId)), ...json }, 'POST', {
        body: `{"${sent.refusedMessage}`,
      });
    },
    async () => {
      for (const path of ['/order', '/embed', '/s', '/nowhere'])
        await call('page', `${site.url}${path}?token=${sent.badToken}`, visitor);
      await call('page', `${site.url}/${sent.orderId}/${sent.query}`, visitor);
    },
  ];

  async function run(n: number): Promise<void> {
    const orderId = `${sent.orderId}-${n}`;
    control.putOrder(orderId, { userId: sent.userId, body: composeCanaryBody(Date.now()) });
    const fault = canaryFaults[n % canaryFaults.length];
    if (n >= FAULTS_FROM && fault)
      for (const route of faultyRoutes) control.fault({ ...fault, route, orderId, times: 2 });
    if (n >= FAULTS_FROM && n % 40 === 0) control.expireTokens();
    await flows[n % flows.length]?.(orderId);
  }

  const seenId = `${sent.orderId}-seen`;
  control.putOrder(seenId, { userId: sent.userId, body: composeCanaryBody(Date.now()) });
  await page.goto(`${site.url}/order#${await mintToken(seenId)}`);
  await expect(page.getByText(shown.shopperText)).toBeVisible();
  await page.evaluate(() => void (new Image().src = 'http://evil.localhost:9/x.png'));
  await expect.poll(() => collector.reports.join()).toContain('"violated-directive":"img-src"');
  await page.goto('about:blank');

  let next = 0;
  const runSome = async () => {
    while (next < FLOWS) await run(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runSome));
  const metrics = await site.readMetrics();

  const inRedis = await readEverything(redis);
  const connectTokens = control
    .calls({ route: 'order_messages' })
    .map(({ headers }) => headers['authorization']?.replace('Bearer ', '') ?? '');
  const everything = [...canaries, ...tokensSeen, ...new Set(connectTokens)].filter(Boolean);
  const kinds = (wanted: string) => answers.filter(({ kind }) => kind === wanted);
  const textOf = (some: typeof answers) =>
    some.map(({ answer }) => JSON.stringify(answer)).join('\n');
  const printed = site.output.join('\n');

  await test.step('the scan finds all shown values in successful answers', () => {
    const opened = textOf(kinds('open'));
    const byWord = Object.values(shown);
    expect(findCanaries(opened, byWord)).toEqual(byWord);
    expect(findCanaries(textOf(kinds('send')), [sent.message])).toEqual([sent.message]);
    expect(findCanaries(textOf(kinds('vehicle')), [sent.plate])).toEqual([sent.plate]);
    expect(findCanaries(Buffer.from(`x${sent.userId}y`).toString('base64'), [sent.userId])).toEqual(
      [sent.userId],
    );
    // On a busy machine some messages are refused, because Redis answers too late.
    expect(sentTo.flatMap((orderId) => control.chatTexts(orderId))).toContain(sent.message);
    expect(answers.length).toBeGreaterThan(FLOWS);
    const statuses = new Set(answers.map(({ answer }) => answer.status));
    for (const status of [200, 201, 304, 400, 401, 403, 404, 409, 410, 429, 502, 503, 504])
      expect([...statuses]).toContain(status);
  });

  await test.step('hidden values are in no answer', () => {
    const unseen = [...Object.values(hidden), sent.userId, secrets.linkKey, secrets.clientSecret];
    expect(findCanaries(textOf(answers.filter(({ kind }) => kind !== 'mint')), unseen)).toEqual([]);
  });

  await test.step('answers without an order contain no canary', () => {
    const showing = new Set(['open', 'poll', 'send', 'repeat', 'vehicle', 'mint', 'page']);
    const others = textOf(answers.filter(({ kind }) => !showing.has(kind)));
    expect(findCanaries(others, everything)).toEqual([]);
  });

  await test.step('pages contain no canary', () => {
    expect(findCanaries(textOf(kinds('page')), everything)).toEqual([]);
  });

  await test.step('the server prints no canary', () => {
    expect(site.output.filter((line) => line.includes('"request"')).length).toBeGreaterThan(
      FLOWS / 2,
    );
    expect(printed).toContain('"event":"page"');
    expect(findCanaries(printed, everything)).toEqual([]);
  });

  await test.step('metrics and policy reports contain no canary', () => {
    expect(metrics).toMatch(/^order_status_requests_total\{route="send_message",status="201"\}/m);
    expect(findCanaries(metrics + collector.reports.join(), everything)).toEqual([]);
  });

  await test.step('Redis contains no canary at any time', () => {
    expect(inRedis.length).toBeGreaterThan(FLOWS / 4);
    expect(toRedis.length).toBeGreaterThan(FLOWS);
    const decoded = [...inRedis, ...toRedis].flatMap((text) => [
      text,
      Buffer.from(text, 'base64url').toString('latin1'),
    ]);
    expect(findCanaries(decoded.join('\n'), everything)).toEqual([]);
  });

  await test.step('the bundle and newly written files contain no canary', () => {
    expect(readdirSync('.').sort()).toEqual(filesBefore);
    const { browserFileCount, found } = scanBuild(startedAtMs, everything);
    expect(browserFileCount).toBeGreaterThan(5);
    expect(found).toEqual([]);
  });

  monitor.disconnect();
  redis.disconnect();
  collector.close();
  await redisServer.close();
});
