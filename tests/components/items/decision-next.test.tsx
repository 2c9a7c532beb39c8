import { onlineManager } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { act, fireEvent, screen } from '@/tests/support/render';
import { line } from '@/tests/support/sample-items';
import { press } from './press';
import { pass, show } from './show-decisions';
import { stubDecisions, type DecisionServer } from './stub-decisions';

const UNDO_MS = 5_000;
const RESULT_MS = 4_000;

let server: DecisionServer;

beforeEach(() => {
  vi.useFakeTimers();
  server = stubDecisions();
});
afterEach(() => {
  onlineManager.setOnline(true);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('of two offline choices, the first makes way for the second question, and both are sent', async () => {
  const page = show(line('1'), line('2'));
  act(() => onlineManager.setOnline(false));
  page.press('Keep it');
  await pass(UNDO_MS);
  expect(page.text()).toContain('2 of 2');
  page.press('Refund it');
  await pass(UNDO_MS);
  expect(page.text()).toContain('You are offline.');
  act(() => onlineManager.setOnline(true));
  expect(server.requests).toEqual([
    { itemId: '1', decision: 'approve' },
    { itemId: '2', decision: 'refund' },
  ]);
});

test('an open choice about a line that went back to the shop is not sent, and says why', async () => {
  const page = show(line('1'));
  page.press('Keep it');
  page.poll(line('1', 'to_shop'));
  expect(page.text()).toContain('your shopper is looking for this item again');
  await pass(60_000);
  expect(server.requests).toEqual([]);
});

test('the result of a decision is announced once: the order that shows it adds nothing', async () => {
  const page = show(line('1'), line('2', 'found'));
  page.press('Keep it');
  await pass(UNDO_MS);
  await server.answer(200, { item: line('1', 'replaced') });
  page.poll(line('1', 'replaced'), line('2', 'found'));
  const spoken = () => screen.getAllByRole('status').map((status) => status.textContent);
  expect(spoken()).toEqual(['', 'Kept. Your shopper knows.']);
  await pass(RESULT_MS);
  page.poll(line('1', 'replaced'), line('2', 'refunded'));
  expect(spoken()[0]).toBe('Milk 2 is refunded');
});

test('a failed decision shows the newest address of the picture', async () => {
  const offer = { name: 'Oat', quantity: '1', unit: '' };
  const signed = (n: number) =>
    line('1', 'decide', { replacement: { ...offer, imageUrl: `https://i.example/${n}` } });
  const page = show(signed(1));
  page.press('Keep it');
  await pass(UNDO_MS);
  await server.fail();
  page.poll(signed(2));
  expect(page.pictures()).toEqual(['https://i.example/2']);
});

test('a tap beside the card takes the focus away for good', async () => {
  const page = show(line('1'));
  page.press('Keep it');
  const undo = screen.getByRole('button', { name: 'Undo' });
  undo.focus();
  fireEvent.pointerDown(document.body);
  undo.blur();
  await pass(UNDO_MS);
  expect(document.activeElement).toBe(document.body);
});

test('the second tap of a double tap neither sends the choice nor takes it back', async () => {
  const page = show(line('1'), line('2'));
  page.press('Refund it');
  for (const name of ['Next', 'Undo']) press(screen.getByRole('button', { name }), 150);
  expect(server.requests).toEqual([]);
  expect(page.text()).toContain('You get a refund.');
  page.press('Undo');
  press(screen.getByRole('button', { name: 'Keep it' }), 150);
  expect(page.text()).toContain('Refund it');
  await pass(60_000);
  expect(server.requests).toEqual([]);
});

test('a choice that can be undone stays in view when the network returns and sends another one', async () => {
  const page = show(line('1'), line('2'));
  act(() => onlineManager.setOnline(false));
  page.press('Keep it');
  await pass(UNDO_MS);
  page.press('Refund it');
  act(() => onlineManager.setOnline(true));
  await server.answer(200, { item: line('1', 'replaced') });
  expect(page.text()).toContain('2 of 2');
  expect(page.text()).toContain('Undo');
  expect(server.requests).toHaveLength(1);
});

test('a decision that was made about another offer says so, and shows it', async () => {
  const page = show(line('1'));
  page.press('Keep it');
  await pass(UNDO_MS);
  const soy = { replacement: { name: 'Soy', quantity: '1', unit: '' } };
  await server.answer(200, { item: line('1', 'replaced', soy) });
  expect(page.text()).toContain('Your shopper had just changed the offer.');
  expect(page.text()).toContain('Soy');
});

test('a question that is still open a minute after its result is asked again', async () => {
  const page = show(line('1'));
  page.press('Keep it');
  await pass(UNDO_MS);
  await server.answer(200, { item: line('1', 'replaced') });
  await pass(RESULT_MS);
  expect(page.text()).toBe('');
  await pass(60_000);
  expect(page.text()).toContain('Keep it');
});

test('after Next a result as chosen is not shown, and another one is', async () => {
  const page = show(line('1'), line('2'), line('3'));
  page.press('Keep it');
  page.press('Next');
  await server.answer(200, { item: line('1', 'replaced') });
  expect(page.text()).toContain('2 of 3');
  page.press('Keep it');
  page.press('Next');
  await server.answer(409, { error: { code: 'too_late' }, item: line('2', 'refunded') });
  expect(page.text()).toContain('Too late: the shopper has paid, and it is refunded.');
});
