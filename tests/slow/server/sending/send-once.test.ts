import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createConnectCaller } from '@/tests/simulator/connect-caller';
import { startBalancer } from '@/tests/support/balancer';
import { startRouter } from '@/tests/support/router-server';
import { startRedis } from '@/tests/support/redis-server';
import {
  startSendingServer,
  withShopper,
  type SendingServer,
} from '@/tests/support/sending-server';
import { mintTestToken } from '@/tests/support/test-link';

vi.setConfig({ testTimeout: 60_000 });

const CUSTOMERS = 10;
const MESSAGES_EACH = 100;
const CONCURRENCY = 2;
const ATTEMPTS = 3;

type Sent = { customer: number; body: string; answers: { status: number; id?: string }[] };

type Post = (token: string, input: object) => Promise<Response>;

async function sendAll(instances: SendingServer[], post: Post): Promise<Sent[]> {
  async function postMessage(
    token: string,
    input: object,
  ): Promise<{ status: number; id?: string }> {
    const response = await post(token, input);
    const { message } = await response.json();
    return { status: response.status, ...(message && { id: message.id }) };
  }

  /** Browsers repeat a request until it is sent, repeat a sent one, or send from all tabs at once. */
  async function sendOne(customer: number, n: number, token: string): Promise<Sent> {
    const body = n % 10 === 0 ? 'Yes' : `Message ${n}`;
    const input = { clientMessageId: randomUUID(), body };
    if (n % 3 === 0)
      return {
        customer,
        body,
        answers: await Promise.all(
          Array.from({ length: ATTEMPTS }, () => postMessage(token, input)),
        ),
      };
    const answers = [];
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      answers.push(await postMessage(token, input));
      for (const { clock } of instances) clock.advance(50);
      if (n % 3 === 1 && answers.at(-1)?.status === 201) break;
    }
    return { customer, body, answers };
  }

  async function sendAsCustomer(customer: number): Promise<Sent[]> {
    const nowMs = instances[0]?.clock.nowMs() ?? 0;
    const claims = { oid: `order-${customer}`, sub: `customer-${customer}` };
    const token = await mintTestToken(claims, { nowMs });
    const queue = Array.from({ length: MESSAGES_EACH }, (_, n) => n);
    const sent: Sent[] = [];
    await Promise.all(
      Array.from({ length: CONCURRENCY }, async () => {
        for (let n = queue.shift(); n !== undefined; n = queue.shift())
          sent.push(await sendOne(customer, n, token));
      }),
    );
    return sent;
  }

  const all = await Promise.all(Array.from({ length: CUSTOMERS }, (_, n) => sendAsCustomer(n)));
  return all.flat();
}

function addFaults({ control }: SendingServer): void {
  // The simulator applies the newest fault first, so each share is one of the remaining requests.
  control.fault({ route: 'send', kind: 'reset', share: 0.05 / 0.5 });
  control.fault({ route: 'send', kind: 'status', status: 403, share: 0.1 / 0.6 });
  control.fault({ route: 'send', kind: 'slow', delayMs: 20, share: 0.1 / 0.7 });
  control.fault({ route: 'send', kind: 'drop-answer', share: 0.3 });
}

/** Returns the ids of the messages that have arrived, by customer and text. */
async function readArrived(url: string): Promise<Map<string, Set<string>>> {
  const arrived = new Map<string, Set<string>>();
  for (let customer = 0; customer < CUSTOMERS; customer++) {
    const { chat_messages } = await createConnectCaller(url).readBody(`order-${customer}`);
    for (const { id, body } of chat_messages) {
      const key = `${customer} ${body}`;
      arrived.set(key, (arrived.get(key) ?? new Set()).add(String(id)));
    }
  }
  return arrived;
}

async function run(name: string, instances: SendingServer[], post: Post): Promise<void> {
  const [first] = instances;
  if (!first) throw new Error('no instance');
  for (let n = 0; n < CUSTOMERS; n++)
    first.control.putOrder(`order-${n}`, { userId: `customer-${n}`, script: withShopper });
  addFaults(first);
  // While this process is blocked, an instance gets no response of Redis, so the figures include the longest block.
  const eventLoopDelay = monitorEventLoopDelay();
  eventLoopDelay.enable();
  const startedAtMs = performance.now();
  const sent = await sendAll(instances, post);
  const tookMs = Math.round(performance.now() - startedAtMs);
  const maxBlockedMs = Math.round(eventLoopDelay.max / 1e6);
  const arrived = await readArrived(first.simulator.url);

  const hasStatus =
    (status: number) =>
    ({ answers }: Sent) =>
      answers.some((answer) => answer.status === status);
  const figures = { sends: sent.length, requests: 0, arrived: 0, duplicates: 0, confirmed: 0 };
  const losses = { unconfirmed: 0, unconfirmedButArrived: 0, refused: 0, confirmedButLost: 0 };
  const groups = groupBy(sent);
  for (const [key, sends] of groups) {
    const ids = arrived.get(key) ?? new Set();
    const confirmed = sends.filter(hasStatus(201));
    const unconfirmed = sends.filter((one) => !hasStatus(201)(one) && hasStatus(504)(one));
    const confirmedIds = new Set(
      confirmed.flatMap(({ answers }) => answers.flatMap(({ id }) => id ?? [])),
    );
    figures.requests += sends.reduce((sum, { answers }) => sum + answers.length, 0);
    figures.arrived += ids.size;
    figures.confirmed += confirmed.length;
    figures.duplicates += Math.max(0, ids.size - confirmed.length - unconfirmed.length);
    losses.unconfirmed += unconfirmed.length;
    losses.unconfirmedButArrived += Math.max(0, ids.size - confirmed.length);
    losses.refused += sends.length - confirmed.length - unconfirmed.length;
    losses.confirmedButLost +=
      confirmed.length - [...confirmedIds].filter((id) => ids.has(id)).length;
  }
  process.stdout.write(
    `${name}: ${JSON.stringify({ ...figures, ...losses, tookMs, maxBlockedMs })}\n`,
  );

  expect(figures.sends).toBe(CUSTOMERS * MESSAGES_EACH);
  expect(figures.duplicates).toBe(0);
  expect(losses.confirmedButLost).toBe(0);
  for (const { answers } of sent)
    for (const { status } of answers) expect([201, 403, 503, 504]).toContain(status);
  expect(losses.unconfirmed).toBeGreaterThan(0);
  expect(losses.refused).toBeGreaterThan(0);
  // All responses to one send name the same message.
  for (const { answers } of sent)
    expect(new Set(answers.flatMap(({ id }) => id ?? [])).size).toBeLessThanOrEqual(1);
  expect(figures.confirmed).toBeGreaterThan(800);
}

function groupBy(sent: Sent[]): Map<string, Sent[]> {
  const groups = new Map<string, Sent[]>();
  for (const one of sent) {
    const key = `${one.customer} ${one.body}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

test('1,000 messages to a faulty Connect cause no duplicate and no unreported loss', async () => {
  const server = await startSendingServer();
  onTestFinished(server.close);
  await run('in memory', [server], server.post);
});

test('1,000 messages over a load balancer, two instances and one Redis cause no duplicate', async () => {
  const redis = await startRedis();
  onTestFinished(redis.close);
  const one = await startSendingServer({ REDIS_URL: redis.url });
  onTestFinished(one.close);
  const two = await startSendingServer({
    REDIS_URL: redis.url,
    CONNECT_BASE_URL: one.simulator.url,
  });
  onTestFinished(two.close);
  const routers = [await startRouter(one.services), await startRouter(two.services)];
  for (const { close } of routers) onTestFinished(close);
  const balancer = await startBalancer(() => routers.map(({ url }) => url));
  onTestFinished(balancer.close);
  expect(balancer.readyCount()).toBe(2);

  await run('two instances', [one, two], (token, input) =>
    fetch(`${balancer.url}/api/order/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    }),
  );
  const shares = [one, two].map(
    ({ logLines }) => logLines.filter((line) => line.includes('"send_message"')).length,
  );
  expect(Math.min(...shares)).toBeGreaterThan(CUSTOMERS * MESSAGES_EACH);
});
