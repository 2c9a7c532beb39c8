import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText } from '@/lib/order/clean-text';
import {
  mergeOutgoing,
  needsDecision,
  toBody,
  type Delivery,
  type Outgoing,
} from '@/lib/order/outgoing';
import type { Message } from '@/lib/order/order-view';

const at = '2026-11-20T15:00:00.000Z';

function own(id: string, body: string): Message {
  return { id, at, from: 'customer', body, read: false };
}

function outgoing(clientMessageId: string, body: string, more: Partial<Outgoing> = {}): Outgoing {
  return { clientMessageId, body, at, delivery: 'sending', knownIds: new Set(), ...more };
}

function ids(polled: Message[], items: Outgoing[]): string[] {
  return mergeOutgoing(polled, items).map(({ id }) => id);
}

test('outgoing messages are at the end, in the order of writing', () => {
  const shopper: Message = { id: '1', at, from: 'shopper', body: 'Hi', read: false };
  expect(ids([shopper], [outgoing('a', 'Yes'), outgoing('b', 'No')])).toEqual(['1', 'a', 'b']);
});

test('the polled message replaces the outgoing one and keeps its client id', () => {
  const merged = mergeOutgoing([own('7', 'Yes')], [outgoing('a', 'Yes')]);
  expect(merged).toEqual([{ ...own('7', 'Yes'), id: 'a' }]);
  const answered = outgoing('a', 'Yes', { delivery: 'sent', messageId: '7' });
  expect(mergeOutgoing([own('7', 'Yes')], [answered])).toEqual(merged);
});

test('an equal message that the thread contained before is a different message', () => {
  const before = [own('7', 'Yes')];
  const item = outgoing('a', 'Yes', { knownIds: new Set(['7']) });
  expect(ids(before, [item])).toEqual(['7', 'a']);
  expect(ids([...before, own('8', 'Yes')], [item])).toEqual(['7', 'a']);
});

test('two equal messages that were sent separately are two', () => {
  const items = [outgoing('a', 'Yes'), outgoing('b', 'Yes')];
  expect(ids([own('7', 'Yes')], items)).toEqual(['a', 'b']);
  expect(ids([own('7', 'Yes'), own('8', 'Yes')], items)).toEqual(['a', 'b']);
});

test('a match by id has priority over a match by text', () => {
  const lost = outgoing('a', 'Yes', { delivery: 'unconfirmed' });
  const second = outgoing('b', 'Yes', { delivery: 'sent', messageId: '8' });
  expect(ids([own('8', 'Yes')], [lost, second])).toEqual(['b', 'a']);
});

test('a message with different ids in the thread and the response is matched by its text', () => {
  const item = outgoing('a', 'Yes', { delivery: 'sent', messageId: 'other' });
  expect(ids([own('7', 'Yes')], [item])).toEqual(['a']);
});

test('a failed or queued message is not matched with an equal text', () => {
  for (const delivery of ['failed', 'queued'] as const)
    expect(ids([own('7', 'Yes')], [outgoing('a', 'Yes', { delivery })])).toEqual(['7', 'a']);
});

test.each(['sending', 'sent', 'unconfirmed'] as const)(
  'a message in the state "%s" is matched with an equal text of the customer, but not of the shopper',
  (delivery) => {
    const item = outgoing('a', 'Yes', { delivery });
    expect(ids([own('7', 'Yes')], [item])).toEqual(['a']);
    expect(ids([{ ...own('7', 'Yes'), from: 'shopper' }], [item])).toEqual(['7', 'a']);
  },
);

test('a message that has not arrived is an unread message of the customer with its delivery and problem', () => {
  const queued = outgoing('a', ' Yes\u202e ', { delivery: 'queued' });
  const failed = outgoing('b', 'No', { delivery: 'failed', problem: 'slow_down' });
  expect(mergeOutgoing([], [queued, failed])).toEqual([
    { ...own('a', 'Yes'), delivery: 'queued' },
    { ...own('b', 'No'), delivery: 'failed', problem: 'slow_down' },
  ]);
  expect(mergeOutgoing([], [queued])[0]).not.toHaveProperty('problem');
});

test('only failed and unconfirmed messages need a decision', () => {
  const all = [undefined, 'queued', 'sending', 'sent', 'unconfirmed', 'failed'] as const;
  expect(all.filter(needsDecision)).toEqual(['unconfirmed', 'failed']);
});

// Simulates a customer who writes, a Connect that receives the messages in this order or not at all, and a page that
// polls and gets responses at any time.
const deliveries: Delivery[] = ['queued', 'sending', 'unconfirmed', 'failed'];

test('with any order of events each message is shown once, and polled messages keep their order', () => {
  const write = fc.record({
    body: fc.constantFrom('Yes', 'No', 'Thanks'),
    arrives: fc.boolean(),
    answered: fc.boolean(),
    lost: fc.constantFrom(...deliveries),
  });
  fc.assert(
    fc.property(
      fc.array(write, { maxLength: 8 }),
      fc.array(fc.nat(12), { maxLength: 12 }),
      (writes, polls) => {
        const thread: Message[] = [];
        const items: Outgoing[] = [];
        let settledBefore: string[] = [];
        writes.forEach(({ body, arrives, answered, lost }, i) => {
          const knownIds = new Set(thread.slice(0, polls[i] ?? thread.length).map(({ id }) => id));
          const messageId = `m${i}`;
          if (arrives) thread.push(own(messageId, body));
          const delivery = answered && arrives ? 'sent' : arrives ? 'unconfirmed' : lost;
          items.push(
            outgoing(`c${i}`, body, {
              knownIds,
              delivery,
              ...(delivery === 'sent' && { messageId }),
            }),
          );
          const seenCount = polls[i] ?? thread.length;
          const polled = thread.slice(0, seenCount);
          const merged = mergeOutgoing(polled, items);
          const shown = merged.map(({ id }) => id);
          expect(new Set(shown).size).toBe(shown.length);
          // No written message is missing: each is found by its client id.
          for (const item of items) expect(shown).toContain(item.clientMessageId);
          expect(shown.length).toBeGreaterThanOrEqual(Math.max(polled.length, items.length));
          const settled = shown.slice(0, polled.length);
          const common = settledBefore.filter((id) => settled.includes(id));
          expect(settled.filter((id) => common.includes(id))).toEqual(common);
          settledBefore = settled;
        });
        // After all responses and polls only the lost messages are still outgoing.
        const known = items.map((item, i) =>
          writes[i]?.arrives ? { ...item, delivery: 'sent' as const, messageId: `m${i}` } : item,
        );
        const lostCount = writes.filter(({ arrives }) => !arrives).length;
        const atLast = mergeOutgoing(thread, known).filter(
          ({ delivery }) => delivery !== undefined,
        );
        expect(atLast).toHaveLength(lostCount);
      },
    ),
    { numRuns: 5_000 },
  );
}, 60_000);

test('a text is sent without bidi overrides, and matched with the thread’s form of it', () => {
  expect(toBody('  one\r\ntwo\u202e  ')).toBe('one\ntwo');
  expect(toBody('👍🏽'.repeat(250))).toHaveLength(1_000);
  expect(toBody(' \u200b\u2060 ')).toBe('');
  const stacked = `e${'\u0301'.repeat(50)}`;
  expect(toBody(stacked)).toHaveLength(51);
  expect(ids([own('7', cleanText(stacked))], [outgoing('a', stacked)])).toEqual(['a']);
});

test.each([
  ['2 bananas\n1 milk', '2 bananas 1 milk'],
  ['2 bananas\n1 milk', '2 bananas<br>1 milk'],
  ['2  bananas', '2 bananas'],
  ["Don't & won't", 'Don&#39;t &amp; won&#x27;t'],
  ['a < b', 'a &amp;lt; b'],
  ['"ok"', '&quot;ok&quot;'],
  ['Yes', 'Yes\u200b'],
  ['It’s “fine” – ok…', 'It&rsquo;s &ldquo;fine&rdquo; &ndash; ok&hellip;'],
  ['It’s “fine” — ok…', 'It\'s "fine" - ok...'],
  ['It’s “fine” — ok…', 'It\'s "fine" -- ok...'],
  ["It's fine...", 'It&rsquo;s fine&hellip;'],
  ['Crème brûlée, café', 'Cr&egrave;me br&ucirc;l&eacute;e, caf&eacute;'],
  ['Crème & co', 'Cr&amp;egrave;me &amp;amp; co'],
  ['Yes!', 'Yes&excl;'],
  ['2 × milk 👍', '2 &times; milk &#128077;'],
])('%j that returns as %j with another id is shown once, as written', (body, copy) => {
  const items = [outgoing('a', body, { delivery: 'sent', messageId: 'other' })];
  const merged = mergeOutgoing([own('7', cleanText(copy))], items);
  expect(merged).toEqual([{ ...own('7', cleanText(body)), id: 'a' }]);
});

test.each([
  ['Yes', 'No'],
  ['2 bananas', '12 bananas'],
  ['A & B', 'A or B'],
  ['ok', 'OK'],
  ['牛奶', '鸡蛋'],
  ['Crème', 'Creme'],
  ['café', 'cafè'],
  ['Yes!', 'Yes?'],
  ['Maybe', 'Ma&yacute;be'],
  ['ok', 'ok&hellip;'],
])('%j is not matched with %j', (body, copy) => {
  expect(ids([own('7', copy)], [outgoing('a', body, { delivery: 'sent' })])).toEqual(['7', 'a']);
});

test('a text whose meaning was changed is shown in the thread’s version', () => {
  const item = outgoing('a', 'Call me', { delivery: 'sent', messageId: '7' });
  expect(mergeOutgoing([own('7', '[removed]')], [item])[0]?.body).toBe('[removed]');
});

test('a draft without a visible character is empty', () => {
  for (const draft of ['\u3164', '\u2800\u200b', '\ufffc ']) expect(toBody(draft)).toBe('');
});
