import { onlineManager } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DecisionSlot } from '@/components/items/decision-slot';
import type { ItemLine } from '@/lib/order/order-view';
import { act, render, screen } from '@/tests/support/render';
import { line, toItems } from '@/tests/support/sample-items';
import { press as pressButton } from './press';
import { pass } from './show-decisions';
import { stubDecisions, type DecisionServer } from './stub-decisions';

const UNDO_MS = 5_000;
const RESULT_MS = 4_000;
const KEPT = 'Kept. Your shopper knows.';

let server: DecisionServer;
const onAnswer = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  server = stubDecisions();
  onAnswer.mockClear();
});
afterEach(() => {
  onlineManager.setOnline(true);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function show(lines: ItemLine[], mayDecide = true) {
  const toElement = (now: ItemLine[]) => (
    <>
      <main className="status">
        <h1>Your order is being shopped</h1>
      </main>
      <DecisionSlot items={toItems(...now)} mayDecide={mayDecide} token="t" onAnswer={onAnswer} />
    </>
  );
  const { rerender, unmount } = render(toElement(lines));
  return { unmount, poll: (...now: ItemLine[]) => rerender(toElement(now)) };
}

const card = () => screen.queryByRole('region', { name: 'Keep this replacement?' });
const names = () => screen.queryAllByRole('button').map((button) => button.textContent);
const announced = () => screen.getAllByRole('status').map((status) => status.textContent?.trim());
const focused = () => document.activeElement?.textContent;

function press(name: string) {
  const button = screen.getByRole('button', { name });
  act(() => button.focus());
  pressButton(button);
}

test('a replacement to decide shows both items and two buttons, and none shows nothing', () => {
  const { poll } = show([line('1'), line('2', 'found')]);
  expect(card()?.textContent).toContain('Milk 1');
  expect(card()?.textContent).toContain('Oat milk 1');
  expect(names()).toEqual(['Keep it', 'Refund it']);
  expect(card()?.textContent).not.toContain('1 of');
  poll(line('2', 'found'));
  expect(card()).toBeNull();
});

test('focus moves from the button to Undo, the result and the headline', async () => {
  const { poll } = show([line('1')]);
  press('Keep it');
  expect([names(), focused()]).toEqual([['Undo'], 'Undo']);
  await pass(UNDO_MS);
  expect(focused()).toBe('Sending your answer…');
  await server.answer(200, { item: line('1', 'replaced') });
  expect([focused(), names()]).toEqual([KEPT, []]);
  expect(onAnswer).toHaveBeenCalledTimes(1);
  poll(line('1', 'replaced'));
  expect(focused()).toBe(KEPT);
  await pass(RESULT_MS);
  expect([card(), focused()]).toEqual([null, 'Your order is being shopped']);
  expect(server.requests).toEqual([{ itemId: '1', decision: 'approve' }]);
});

test('focus that is elsewhere stays there', async () => {
  show([line('1')]);
  pressButton(screen.getByRole('button', { name: 'Keep it' }));
  await pass(UNDO_MS);
  await server.answer(200, { item: line('1', 'replaced') });
  await pass(RESULT_MS);
  expect(document.activeElement).toBe(document.body);
});

test('an undo brings the buttons back, focuses the first, and sends nothing', async () => {
  show([line('1')]);
  press('Refund it');
  await pass(UNDO_MS - 1);
  press('Undo');
  expect([names(), focused()]).toEqual([['Keep it', 'Refund it'], 'Keep it']);
  await pass(60_000);
  expect(server.requests).toEqual([]);
});

test('several cards follow each other with their place, and the focus follows', async () => {
  const { poll } = show([line('1'), line('2'), line('3')]);
  expect(screen.getByText('1 of 3')).toBeTruthy();
  press('Keep it');
  expect(names()).toEqual(['Undo', 'Next']);
  press('Next');
  expect(server.requests).toHaveLength(1);
  await server.answer(200, { item: line('1', 'replaced') });
  poll(line('1', 'replaced'), line('2'), line('3'));
  expect(screen.getByText('2 of 3')).toBeTruthy();
  expect(focused()).toBe('Keep it');
  expect(card()?.textContent).toContain('Oat milk 2');
  press('Refund it');
  await pass(UNDO_MS);
  await server.answer(200, { item: line('2', 'refunded') });
  await pass(RESULT_MS);
  expect(screen.getByText('3 of 3')).toBeTruthy();
  press('Keep it');
  expect(names()).toEqual(['Undo']);
  await pass(UNDO_MS);
  await server.answer(200, { item: line('3', 'replaced') });
  await pass(RESULT_MS);
  expect(card()).toBeNull();
  poll(line('1', 'replaced'), line('2', 'refunded'), line('3', 'replaced'), line('4'), line('5'));
  expect(screen.getByText('1 of 2')).toBeTruthy();
});

test('a new question that is first in the order does not take the place of the one shown', async () => {
  const { poll } = show([line('0', 'to_shop'), line('1')]);
  press('Keep it');
  poll(line('0'), line('1'));
  expect([names(), focused()]).toEqual([['Undo', 'Next'], 'Undo']);
  expect(screen.getByText('1 of 2')).toBeTruthy();
  press('Undo');
  expect(card()?.textContent).toContain('Milk 1');
});

test('each step is announced once', async () => {
  const { poll } = show([line('1'), line('2')]);
  expect(announced()).toEqual(['', '']);
  press('Keep it');
  expect(announced()).toEqual(['', 'You keep it. You can undo this for five seconds.']);
  await pass(UNDO_MS);
  expect(announced()).toEqual(['', 'Sending your answer…']);
  await server.answer(200, { item: line('1', 'replaced') });
  expect(announced()).toEqual(['', KEPT]);
  poll(line('1', 'decide', { imageUrl: 'https://i.example/1' }), line('2'));
  expect(announced()).toEqual(['', KEPT]);
  await pass(RESULT_MS);
  const asked = 'Your answer is needed. Milk 2: keep Oat milk 2 instead, or refund it?';
  expect(announced()).toEqual(['', asked]);
});

test('a first question that arrives later is announced once', () => {
  const { poll } = show([line('1', 'to_shop')]);
  poll(line('1'));
  const asked = 'Your answer is needed. Milk 1: keep Oat milk 1 instead, or refund it?';
  expect(announced()).toEqual([asked, '']);
});

test('a link that may only read shows the replacement without buttons', () => {
  show([line('1')], false);
  expect(card()?.textContent).toContain('Only the person who placed the order can decide.');
  expect(card()?.textContent).toContain('Oat milk 1');
  expect(names()).toEqual([]);
});

test('long and hostile names stay text, also in the announcement', () => {
  const hostile = '<img src=x onerror=alert(1)>\u202e‮</bdi>';
  const long = 'x'.repeat(2_000);
  const offer = { name: hostile, quantity: '1.5', unit: '<b>lb</b>' };
  const { poll } = show([line('1', 'to_shop')]);
  poll(line('1', 'decide', { name: long, replacement: offer }));
  expect(document.querySelectorAll('img, b')).toHaveLength(0);
  const texts = [...(card()?.querySelectorAll('bdi') ?? [])].map((bdi) => bdi.textContent);
  expect(texts).toEqual([long, hostile, '1.5\u00a0<b>lb</b>']);
  expect(announced()[0]).toContain(hostile);
});

test('a line without a known replacement can be decided too', () => {
  const { replacement, ...unknown } = line('1');
  expect(replacement).toBeTruthy();
  show([unknown]);
  expect(card()?.textContent).toContain('Something else');
  expect(names()).toEqual(['Keep it', 'Refund it']);
});
