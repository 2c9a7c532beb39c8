import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { minuteMs, secondMs } from '@/tests/simulator/clock';
import { anyOrders, composeAnyOrder } from '@/tests/support/any-order';
import { findCanaries } from '@/tests/support/canaries';
import { createWords } from '@/tests/support/canary-words';
import { shortenedWait, startOrderServer } from '@/tests/support/order-server';

// A share link shows stage, steps and window, and nothing else of the order: no text, name, id or picture.

const FLOWS = 500;

async function start() {
  const server = await startOrderServer({ LIMITS: 'off' }, shortenedWait);
  onTestFinished(server.close);
  const token = await server.mint('shopping', { scp: 'share' });
  const share = (etag?: string) => server.request(token, etag ? { 'if-none-match': etag } : {});
  /** Polls for four minutes as a page does, so that the order is read again, and returns the last response. */
  async function shareLater(): Promise<Response> {
    for (let polls = 0; polls < 8; polls++) {
      await share();
      server.clock.advance(30 * secondMs);
    }
    return share();
  }
  return { ...server, control: server.simulator.control, share, shareLater };
}

test('a share link gets no chat, no updates and nobody, whatever the state of the chat', async () => {
  const { mint, request } = await start();
  for (const orderId of ['shopping', 'waiting', 'delivered', 'documented', 'hostile']) {
    const response = await request(await mint(orderId, { scp: 'share', num: 'GM-20418' }));
    const view = await response.json();
    expect({ ...view, order: undefined, pollAfterMs: undefined }).toEqual({
      chat: { state: 'unavailable', messages: [], canReply: false },
      updates: [],
      people: { customer: { name: '' }, shoppers: [] },
      ...{ access: 'share', asOf: expect.any(String), stale: false },
    });
    expect(JSON.stringify(view)).not.toContain('GM-20418');
  }
});

test('a share link gets stage, steps and window, but neither number nor the end of the chat', async () => {
  const { control, mint, request, shareLater } = await start();
  const claims = { num: 'GM-20418' };
  const orderOf = async (scp?: string) => {
    const response = await request(await mint('shopping', scp ? { ...claims, scp } : claims));
    return (await response.json()).order;
  };
  const [shared, read, full] = [await orderOf('share'), await orderOf('read'), await orderOf()];
  expect(full).toEqual({ ...shared, number: 'GM-20418' });
  expect(read).toEqual(full);
  expect(Object.keys(shared)).toEqual(['type', 'stage', 'steps', 'window', 'isLate']);
  control.setOrder('shopping', { state: 'delivered' });
  control.addMessage('shopping', { notice: { body: 'Delivered.', media: ['sms'] } });
  await shareLater();
  expect(await orderOf()).toHaveProperty('messagesReadableUntil');
  expect(Object.keys(await orderOf('share'))).toEqual([
    ...['type', 'stage', 'steps', 'window', 'isLate'],
  ]);
});

test('a change of the stage changes the ETag of a share link, and polling ends with the order', async () => {
  const { control, shareLater } = await start();
  const seen: [string, number | undefined][] = [];
  const etags = new Set<string>();
  for (const state of ['picking', 'delivering', 'delivered']) {
    control.setOrder('shopping', { state });
    const response = await shareLater();
    etags.add(response.headers.get('etag') ?? '');
    const { order, pollAfterMs } = await response.json();
    seen.push([order.stage, pollAfterMs]);
  }
  expect(seen).toEqual([
    ['shopping', 30_000],
    ['on_the_way', 30_000],
    ['done', undefined],
  ]);
  expect(etags.size).toBe(3);
});

test('a message, an update, a hand-over and a read mark change neither ETag nor pace of a share link', async () => {
  const { clock, control, share, open } = await start();
  const etags = new Set<string>();
  const paces = new Set<number>();
  const fullEtags = new Set<string>();
  const happenings = [
    () => undefined,
    () => control.addMessage('shopping', { from: 'driver', body: 'Is oat milk fine?' }),
    () => control.addMessage('shopping', { from: 'user', body: 'Yes.' }),
    () => control.markRead('shopping'),
    () => control.addMessage('shopping', { handOverTo: 'rosalind' }),
    () => control.setItem('shopping', '6', { status: 'FOUND' }),
    () => control.addMessage('shopping', { notice: { body: 'Oat milk.', media: ['sms'] } }),
    () => clock.advance(3 * minuteMs),
  ];
  for (const happens of happenings) {
    happens();
    clock.advance(2 * secondMs);
    const response = await share();
    etags.add(response.headers.get('etag') ?? '');
    paces.add((await response.json()).pollAfterMs);
    fullEtags.add((await open('shopping')).headers.get('etag') ?? '');
  }
  // The change of an item is seen with the next update.
  expect(fullEtags.size).toBe(happenings.length - 1);
  expect([...paces]).toEqual([30_000]);
  expect(etags.size).toBe(1);
  expect((await share([...etags][0])).status).toBe(304);
});

test('the log line of a share link has the real state of the chat', async () => {
  const { share, logLines } = await start();
  await share();
  expect(JSON.parse(logLines.at(-1) ?? '')).toMatchObject({ chat: 'open', status: 200 });
});

test(`no answer for a share link contains a text, name, id or picture in ${FLOWS} flows`, async () => {
  const { clock, control, mint, request, post, markRead, change, simulator } = await start();
  let flowCount = 0;
  let leakCount = 0;
  let controlCount = 0;
  let progressCount = 0;

  await fc.assert(
    fc.asyncProperty(anyOrders, async (order) => {
      const made = createWords();
      const orderId = made.word('order');
      const body = composeAnyOrder(order, simulator.url, clock.nowMs(), made);
      const num = made.word('number');
      const picture = () => `${simulator.url}/${made.word('picture')}.jpg`;
      control.putOrder(orderId, { body });
      control.setOrder(orderId, {
        ...(order.state !== undefined && { state: order.state }),
        ...(order.isPickup && { type: 'pickup', vehicle: { model: made.word('model') } }),
        extra: {
          ...{ id: made.number(), store: { name: made.word('store') }, notes: made.word('notes') },
          ...{ shopper: { first_name: made.word('first-name') }, address: made.word('street') },
        },
      });
      const product = () => ({
        name: made.word('item'),
        image: picture(),
        unit: made.word('unit'),
      });
      control.setItems(orderId, [
        { id: made.word('line'), product: product(), status: 'FOUND' },
        {
          ...{ id: made.word('line'), product: product(), replacement: product() },
          ...{ status: 'REPLACED', replacementStatus: 'PENDING' },
        },
      ]);
      const fault = { kind: 'status', status: 503, orderId } as const;
      if (order.fails === 'messages') control.fault({ route: 'order_messages', ...fault });
      if (order.fails === 'order') control.fault({ route: 'order', ...fault });
      if (order.fails === 'items') control.fault({ route: 'items', ...fault });
      const instruction = { category: 'curbside', instruction: made.word('instruction') };
      const image = { url: picture(), value: made.word('alt') };
      control.fault({
        ...{ route: 'pickup', orderId, kind: 'wrong-shape' },
        body: { pickup_instructions: [{ ...instruction, instruction_images: [image] }] },
      });
      if (order.isRefused)
        control.fault({ route: 'order_messages', kind: 'status', status: 403, orderId });

      const share = await mint(orderId, { scp: 'share', num, loc: 'fr-CA' });
      const answers = [await request(share)];
      if (order.fails === 'after a read') control.fault({ route: 'order_messages', ...fault });
      clock.advance(3 * secondMs);
      answers.push(await request(share));
      const etag = answers[0]?.headers.get('etag') ?? '';
      answers.push(await request(share, { 'if-none-match': etag }));
      answers.push(await post(share, { clientMessageId: crypto.randomUUID(), body: 'Hello' }));
      answers.push(await markRead(share));
      answers.push(await change('decideReplacement', share, { itemId: '1', decision: 'refund' }));
      answers.push(await change('arrive', share, {}));
      answers.push(await change('setVehicle', share, { color: 'red' }));

      const texts = await Promise.all(
        answers.map(async (answer) =>
          JSON.stringify([answer.status, [...answer.headers], await answer.text()]),
        ),
      );
      const leaked = texts.flatMap((text) => findCanaries(text, made.words));
      leakCount += leaked.length;
      flowCount += 1;
      progressCount += texts.some((text) => text.includes('stage')) ? 1 : 0;
      control.clearFaults();
      // The circuit breaker may be open for 5 s.
      clock.advance(6 * secondMs);
      const full = await (await request(await mint(orderId, { num }))).text();
      controlCount += findCanaries(full, made.words).length > 0 ? 1 : 0;
      control.removeOrder(orderId);
      expect(leaked).toEqual([]);
    }),
    { numRuns: FLOWS },
  );

  process.stdout.write(
    `share links: ${leakCount} leaks in ${flowCount} flows, ${controlCount} with words for a full link\n`,
  );
  expect([flowCount, leakCount]).toEqual([FLOWS, 0]);
  // A link that may see everything shows the words, so the search works.
  expect(controlCount).toBeGreaterThan(0.9 * FLOWS);
  expect(progressCount).toBeGreaterThan(FLOWS / 4);
}, 120_000);
