import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  expect,
  onTestFinished,
  test,
  vi,
} from 'vitest';
import { connectRedisOnce } from '@/lib/server/redis/redis';
import { dayMs } from '@/tests/simulator/clock';
import { startBalancer } from '@/tests/support/balancer';
import { startReaders, startFleetMember, replaceEach } from '@/tests/support/server-fleet';
import { startRedis } from '@/tests/support/redis-server';
import { toBytes } from '@/tests/support/response-bytes';
import { codeOf } from '@/tests/support/sending-server';
import {
  createRevoker,
  mintShortId,
  startInstance,
  type Instance,
} from '@/tests/support/shared-servers';
import { mintTestToken } from '@/tests/support/test-link';

// The steps are those of "Change link keys" in docs/operating.md.

const oldKey = Buffer.alloc(32, 1);
const newKey = Buffer.alloc(32, 2);
const old = `old:${oldKey.toString('base64url')}`;
const successor = `new:${newKey.toString('base64url')}`;
const forms = { old, known: `${old},${successor}`, minting: `${successor},${old}`, successor };
const LINKS = 1_000;
const LINKS_EACH = 200;

vi.setConfig({ testTimeout: 90_000 });

let server: Awaited<ReturnType<typeof startRedis>>;
let redis: Redis;
let first: Instance;
let opened: Instance[];

beforeAll(async () => {
  server = await startRedis();
  redis = await connectRedisOnce(server.url);
});

afterAll(async () => {
  redis.disconnect();
  await server.close();
});

beforeEach(async () => {
  await redis.flushall();
  opened = [];
  first = await start(forms.old);
});

afterEach(() => Promise.all(opened.map(({ close }) => close())));

/** Starts an instance with these keys that uses the Connect of the first instance. */
async function start(LINK_KEYS: string): Promise<Instance> {
  const base = opened[0] && { CONNECT_BASE_URL: opened[0].simulator.url };
  const instance = await startInstance(server.url, { LIMITS: 'off', LINK_KEYS, ...base });
  if (opened[0]) instance.clock.advance(opened[0].clock.nowMs() - instance.clock.nowMs());
  opened.push(instance);
  return instance;
}

async function mintLinks(instance: Instance, count: number): Promise<string[]> {
  const responses = Array.from({ length: count }, () => instance.requestLink('shopping'));
  const links = await Promise.all((await Promise.all(responses)).map((answer) => answer.json()));
  return links.map(({ token }) => token);
}

async function statusesOf(instance: Instance, tokens: string[]): Promise<number[]> {
  const responses = await Promise.all(tokens.map((token) => instance.request(token)));
  return [...new Set(responses.map(({ status }) => status))];
}

async function send(instance: Instance, body: string, id: string = randomUUID()) {
  const token = await mintTestToken(
    { oid: 'shopping' },
    {
      nowMs: instance.clock.nowMs(),
      kid: undefined,
      key: instance.env.LINK_KEYS[0].key,
    },
  );
  return instance.post(token, { clientMessageId: id, body });
}

const posts = () => first.simulator.control.calls({ route: 'send' }).length;

test('1,000 links open without an error during every step of a key rotation', async () => {
  const fleet = [await startFleetMember(first), await startFleetMember(await start(forms.old))];
  const balancer = await startBalancer(() => fleet.map(({ routerServer }) => routerServer.url));
  onTestFinished(balancer.close);
  await createRevoker(redis, first).revoke('documented');
  for (const { instance } of fleet) instance.tick();
  const tokens = await mintLinks(first, LINKS);
  let reading = startReaders(balancer.url, tokens);
  const renew = (form: string, verify: () => Promise<void>) =>
    replaceEach(fleet, balancer, () => start(form), {
      waitForMoreReads: () => reading.waitForMoreReads(),
      verify,
    });

  async function verify(): Promise<void> {
    for (const { instance } of fleet) tokens.push(...(await mintLinks(instance, LINKS_EACH / 2)));
    for (const { instance } of fleet) {
      expect(await statusesOf(instance, tokens)).toEqual([200]);
      await vi.waitFor(async () => {
        instance.tick();
        expect((await instance.requestLink('documented')).status).toBe(409);
      });
    }
  }

  await renew(forms.known, verify);
  await renew(forms.minting, verify);
  await reading.stop();
  expect(reading.counts).toEqual({ 200: expect.any(Number) });

  // After LINK_MAX_DAYS and a day, all links of the old key and the old revocations have expired.
  for (const { clock } of opened) clock.advance(15 * dayMs);
  for (const { instance } of fleet) expect(await statusesOf(instance, tokens)).toEqual([410]);
  tokens.splice(0, Infinity);
  for (const { instance } of fleet) tokens.push(...(await mintLinks(instance, LINKS / 2)));
  reading = startReaders(balancer.url, tokens);
  await renew(forms.successor, async () => {
    for (const { instance } of fleet) expect(await statusesOf(instance, tokens)).toEqual([200]);
  });
  await reading.stop();
  expect(reading.counts).toEqual({ 200: expect.any(Number) });
});

test('links of a removed key, long or short, with or without kid, get 401 without a call to Connect', async () => {
  const nowMs = first.clock.nowMs();
  const tokens = await mintLinks(first, 500);
  for (let n = 0; n < 498; n++)
    tokens.push(await mintTestToken({ oid: 'shopping' }, { nowMs, key: oldKey, kid: 'old' }));
  tokens.push(await mintShortId(first, 'shopping'), await mintShortId(first, 'documented'));
  expect(await statusesOf(first, tokens)).toEqual([200]);

  const after = await start(forms.successor);
  const callsBefore = first.simulator.control.calls().length;
  const refusal = await toBytes(await after.request('not-a-link'));
  for (const token of tokens) expect(await toBytes(await after.request(token))).toEqual(refusal);
  expect(refusal.status).toBe(401);
  expect(first.simulator.control.calls()).toHaveLength(callsBefore);
});

test('a message is posted once if it is repeated after any step of a key rotation', async () => {
  const instances = [first];
  const sent: { id: string; answer: string }[] = [];
  for (const form of [forms.known, forms.minting, forms.successor, undefined]) {
    const latest = instances.at(-1) ?? first;
    const id = randomUUID();
    sent.push({ id, answer: await (await send(latest, `Message ${sent.length}`, id)).text() });
    if (form) instances.push(await start(form));
    for (const instance of instances)
      for (const [n, { id: again, answer }] of sent.entries()) {
        const repeated = await send(instance, `Message ${n}`, again);
        expect([repeated.status, await repeated.text()]).toEqual([201, answer]);
      }
  }
  expect(posts()).toBe(sent.length);
});

const adjacentForms = [
  ['old', 'known'],
  ['known', 'minting'],
  ['minting', 'successor'],
] as const;
const pairs = [...adjacentForms, ...adjacentForms.map(([one, two]) => [two, one] as const)];

test.each(pairs)(
  'between the steps %s and %s, a lost message is not confirmed by an equal message',
  async (one, two) => {
    const [here, there] = [await start(forms[one]), await start(forms[two])];
    expect((await send(here, 'Yes')).status).toBe(201);
    first.simulator.control.fault({ route: 'send', kind: 'reset', times: 1 });
    expect(await codeOf(await send(there, 'Yes'))).toEqual([504, 'send_unconfirmed']);
  },
);

test.each(pairs)(
  'between the steps %s and %s, equal messages are sent one after the other',
  async (one, two) => {
    const [here, there] = [await start(forms[one]), await start(forms[two])];
    first.simulator.control.fault({ route: 'send', kind: 'delay', delayMs: 300, times: 1 });
    const order: string[] = [];
    const slow = send(here, 'Yes').then(() => order.push('first'));
    await vi.waitFor(() => expect(posts()).toBe(1));
    const quick = send(there, 'Yes').then(() => order.push('second'));
    await Promise.all([slow, quick]);
    expect(order).toEqual(['first', 'second']);
    expect(posts()).toBe(2);
  },
);
