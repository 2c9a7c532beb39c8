import { expect, onTestFinished, test, vi } from 'vitest';
import type { ItemLine } from '@/tests/simulator/item-line';
import { startRedis } from '@/tests/support/redis-server';
import { startSendingServer, type SendingServer } from '@/tests/support/sending-server';
import { mintTestToken } from '@/tests/support/test-link';

vi.setConfig({ testTimeout: 120_000 });

const CUSTOMERS = 10;
const ITEMS_EACH = 30;
const CONCURRENCY = 2;

type Choice = 'approve' | 'refund';
type Answer = { status: number; code?: string; state?: string };
type Decided = { customer: number; itemId: string; choice: Choice; answers: Answer[] };

const items: ItemLine[] = Array.from({ length: ITEMS_EACH }, (_, n) => ({
  ...{ id: `i${n}`, product: { name: `Milk ${n}` }, replacement: { name: `Oat milk ${n}` } },
  ...{ status: 'REPLACED', replacementStatus: 'PENDING' },
}));

function addFaults({ control }: SendingServer): void {
  // The simulator applies the newest fault first, so each share is one of the remaining requests.
  control.fault({ route: 'items', kind: 'status', status: 503, share: 0.05 });
  control.fault({ route: 'decide', kind: 'reset', share: 0.05 / 0.5 });
  control.fault({ route: 'decide', kind: 'status', status: 400, share: 0.1 / 0.6 });
  control.fault({ route: 'decide', kind: 'slow', delayMs: 20, share: 0.1 / 0.7 });
  control.fault({ route: 'decide', kind: 'drop-answer', share: 0.3 });
}

async function decideAll(instances: SendingServer[]): Promise<Decided[]> {
  async function post(token: string, itemId: string, decision: Choice, n: number): Promise<Answer> {
    const instance = instances[n % instances.length];
    if (!instance) throw new Error('no instance');
    const response = await instance.change('decideReplacement', token, { itemId, decision });
    const { error, item } = await response.json();
    return {
      status: response.status,
      ...(error && { code: error.code }),
      ...(item && { state: item.state }),
    };
  }

  /** Two tabs at once, a retry until success, or one tap; every fifth customer changes their mind. */
  async function decideOne(customer: number, n: number, token: string): Promise<Decided> {
    const choice: Choice = n % 2 === 0 ? 'approve' : 'refund';
    const itemId = `i${n}`;
    const answers: Answer[] = [];
    if (n % 3 === 0)
      answers.push(
        ...(await Promise.all([0, 1, 2].map((tab) => post(token, itemId, choice, tab)))),
      );
    else
      for (let attempt = 0; attempt < 3 && answers.at(-1)?.status !== 200; attempt++)
        answers.push(await post(token, itemId, choice, attempt));
    if (n % 5 === 0) {
      const other = await post(token, itemId, choice === 'approve' ? 'refund' : 'approve', n);
      if (other.status === 200) answers.push({ ...other, code: 'other' });
    }
    return { customer, itemId, choice, answers };
  }

  async function decideAsCustomer(customer: number): Promise<Decided[]> {
    const nowMs = instances[0]?.clock.nowMs() ?? 0;
    const claims = { oid: `order-${customer}`, sub: `customer-${customer}` };
    const token = await mintTestToken(claims, { nowMs });
    const queue = Array.from({ length: ITEMS_EACH }, (_, n) => n);
    const decided: Decided[] = [];
    await Promise.all(
      Array.from({ length: CONCURRENCY }, async () => {
        for (let n = queue.shift(); n !== undefined; n = queue.shift())
          decided.push(await decideOne(customer, n, token));
      }),
    );
    return decided;
  }

  return (
    await Promise.all(Array.from({ length: CUSTOMERS }, (_, n) => decideAsCustomer(n)))
  ).flat();
}

async function run(name: string, instances: SendingServer[]): Promise<void> {
  const [first] = instances;
  if (!first) throw new Error('no instance');
  const { control } = first;
  for (let n = 0; n < CUSTOMERS; n++) {
    control.putOrder(`order-${n}`, {
      userId: `customer-${n}`,
      script: { ageMs: 0, steps: [{ kind: 'order', atMs: 0, changes: { state: 'picking' } }] },
    });
    control.setItems(`order-${n}`, items);
  }
  addFaults(first);
  const all = await decideAll(instances);

  const figures = { decisions: all.length, requests: 0, made: 0, confirmed: 0, refused: 0 };
  const faults = { twice: 0, differently: 0, lostUntold: 0, unconfirmed: 0 };
  for (const { customer, itemId, choice, answers } of all) {
    const made = control.decisions(`order-${customer}`).filter((one) => one.itemId === itemId);
    const isConfirmed = answers.some(({ status, code }) => status === 200 && code === undefined);
    const hasOther = answers.some(({ code }) => code === 'other');
    const wanted = choice === 'approve' ? 'APPROVED' : 'REJECTED';
    figures.requests += answers.length;
    figures.made += made.length;
    figures.confirmed += isConfirmed ? 1 : 0;
    faults.twice += Math.max(0, made.length - 1);
    // A decision may differ from the first choice only if the customer changed their mind and the first had failed.
    if (made[0] && made[0].status !== wanted && !hasOther) faults.differently += 1;
    if (isConfirmed && (made[0]?.status !== wanted || hasOther)) faults.differently += 1;
    if (isConfirmed && made.length === 0) faults.lostUntold += 1;
    const isUnconfirmed = !isConfirmed && answers.some(({ status }) => status === 504);
    faults.unconfirmed += isUnconfirmed ? 1 : 0;
    figures.refused += !isConfirmed && !isUnconfirmed ? 1 : 0;
    for (const { status } of answers) expect([200, 409, 503, 504]).toContain(status);
  }
  // Calls about an item after Connect had accepted a decision about it would be repeated decisions.
  const repeated = control.calls({ route: 'decide' }).filter(({ status }, index, calls) => {
    const { orderId, itemId } = calls[index] ?? {};
    const before = calls.slice(0, index);
    const isSame = (call: (typeof calls)[number]) =>
      call.orderId === orderId && call.itemId === itemId;
    return status !== undefined && before.some((call) => isSame(call) && call.status === 200);
  }).length;
  process.stdout.write(`${name}: ${JSON.stringify({ ...figures, ...faults, repeated })}\n`);

  expect(figures.decisions).toBe(CUSTOMERS * ITEMS_EACH);
  expect({ ...faults, unconfirmed: 0, repeated }).toEqual({
    ...{ twice: 0, differently: 0, lostUntold: 0, unconfirmed: 0, repeated: 0 },
  });
  expect(faults.unconfirmed).toBeGreaterThan(0);
  expect(figures.confirmed).toBeGreaterThan(0.7 * figures.decisions);
}

test('300 decisions through a faulty Connect: none is made twice or differently, none is lost untold', async () => {
  const server = await startSendingServer({ ORDER_DETAILS: 'on' });
  onTestFinished(server.close);
  await run('in memory', [server]);
});

test('300 decisions over two instances and one Redis: none is made twice or differently', async () => {
  const redis = await startRedis();
  onTestFinished(redis.close);
  const one = await startSendingServer({ ORDER_DETAILS: 'on', REDIS_URL: redis.url });
  onTestFinished(one.close);
  const two = await startSendingServer({
    ORDER_DETAILS: 'on',
    REDIS_URL: redis.url,
    CONNECT_BASE_URL: one.simulator.url,
  });
  onTestFinished(two.close);
  await run('two instances', [one, two]);
});
