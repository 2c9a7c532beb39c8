import { onlineManager } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { act, screen } from '@/tests/support/render';
import { line } from '@/tests/support/sample-items';
import { pass, show } from './show-decisions';
import { stubDecisions, type DecisionServer } from './stub-decisions';

// The page is left, offline, behind the order, or open in two tabs.

const UNDO_MS = 5_000;
const RESULT_MS = 4_000;

let server: DecisionServer;
let visibility: DocumentVisibilityState = 'visible';

beforeEach(() => {
  vi.useFakeTimers();
  server = stubDecisions();
  visibility = 'visible';
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility);
});
afterEach(() => {
  onlineManager.setOnline(true);
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function hide() {
  visibility = 'hidden';
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
}
const leave = () => act(() => void dispatchEvent(new Event('pagehide')));

test('a page that becomes hidden sends the choice once, whatever follows', async () => {
  const page = show(line('1'));
  page.press('Keep it');
  hide();
  expect(server.requests).toEqual([{ itemId: '1', decision: 'approve' }]);
  leave();
  hide();
  page.unmount();
  await pass(60_000);
  expect(server.requests).toHaveLength(1);
});

test('pagehide sends every choice once', () => {
  const page = show(line('1'));
  page.press('Refund it');
  leave();
  leave();
  expect(server.requests).toEqual([{ itemId: '1', decision: 'refund' }]);
});

test('a part that is removed sends the choice once', async () => {
  const page = show(line('1'));
  page.press('Keep it');
  page.unmount();
  await pass(60_000);
  expect(server.requests).toEqual([{ itemId: '1', decision: 'approve' }]);
});

test('a page that becomes visible again or is left without a choice sends nothing', () => {
  const page = show(line('1'));
  page.press('Keep it');
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  page.press('Undo');
  hide();
  leave();
  page.unmount();
  expect(server.requests).toEqual([]);
});

test('an offline choice says that it waits, and is sent once when the network is back', async () => {
  const page = show(line('1'));
  act(() => onlineManager.setOnline(false));
  page.press('Keep it');
  await pass(UNDO_MS);
  expect(page.text()).toContain('You are offline. Your answer is sent when you are back.');
  leave();
  expect(server.requests).toEqual([]);
  act(() => onlineManager.setOnline(true));
  await pass(60_000);
  expect(server.requests).toHaveLength(1);
});

test('an offline choice that is undone is not sent when the network is back', async () => {
  const page = show(line('1'));
  act(() => onlineManager.setOnline(false));
  page.press('Keep it');
  await pass(UNDO_MS);
  page.press('Undo');
  act(() => onlineManager.setOnline(true));
  await pass(60_000);
  expect(server.requests).toEqual([]);
  expect(page.text()).toContain('Keep it');
});

test('a network that comes back within the time to undo leaves the whole time', async () => {
  const page = show(line('1'));
  act(() => onlineManager.setOnline(false));
  page.press('Keep it');
  await pass(1_000);
  act(() => onlineManager.setOnline(true));
  expect(server.requests).toEqual([]);
  await pass(UNDO_MS - 1_000);
  expect(server.requests).toHaveLength(1);
});

test('an answer by text message ends the choice with its outcome, until OK', async () => {
  const page = show(line('1'));
  page.press('Keep it');
  page.poll(line('1', 'refunded'));
  expect(page.text()).toContain('Already decided: it is refunded.');
  await pass(60_000);
  expect(server.requests).toEqual([]);
  page.press('OK');
  expect(page.text()).toBe('');
});

test('an order that changed while the answer was lost is compared with the failed decision', async () => {
  const page = show(line('1'));
  page.press('Keep it');
  await pass(UNDO_MS);
  page.poll(line('1', 'replaced'));
  await server.fail();
  expect(page.text()).toContain('Already decided: it is kept.');
});

test('a failed decision asks again with the reason, and can be sent', async () => {
  const page = show(line('1'));
  page.press('Keep it');
  await pass(UNDO_MS);
  await server.answer(503, { error: { code: 'upstream_unavailable', message: '' } });
  expect(page.text()).toContain('Your answer was not sent. Please choose again.');
  page.press('Refund it');
  await pass(UNDO_MS);
  expect(server.requests).toEqual([
    { itemId: '1', decision: 'approve' },
    { itemId: '1', decision: 'refund' },
  ]);
});

test('a removed line says so, and its card goes with OK', () => {
  const page = show(line('1'), line('2', 'found'));
  page.press('Keep it');
  page.poll(line('2', 'found'));
  expect(page.text()).toContain('This item is no longer part of the order.');
  page.press('OK');
  expect(page.text()).toBe('');
});

test('a later, different replacement of a decided line is asked, even if it arrives during the result', async () => {
  const page = show(line('1'));
  page.press('Keep it');
  await pass(UNDO_MS);
  await server.answer(200, { item: line('1', 'replaced') });
  page.poll(line('1', 'decide', { replacement: { name: 'Soy', quantity: '1', unit: '' } }));
  expect(page.text()).toContain('Kept.');
  await pass(RESULT_MS);
  expect(page.text()).toContain('Soy');
  expect(page.text()).toContain('Keep it');
});

test('a replacement that changes within the time to undo is asked again and announced', async () => {
  const page = show(line('1'));
  page.press('Keep it');
  page.poll(line('1', 'decide', { replacement: { name: 'Soy', quantity: '1', unit: '' } }));
  expect(page.text()).toContain('Your shopper now offers something else. Please choose again.');
  const [asked, result] = screen.getAllByRole('status').map((status) => status.textContent);
  expect(asked).toBe('Your answer is needed. Milk 1: keep Soy instead, or refund it?');
  expect(result).toBe('Your shopper now offers something else. Please choose again.');
  await pass(60_000);
  expect(server.requests).toEqual([]);
});

test('of two tabs with different choices, the second shows what the first decided', async () => {
  const [one, two] = [show(line('1')), show(line('1'))];
  one.press('Keep it');
  two.press('Refund it');
  await pass(UNDO_MS);
  await server.answer(200, { item: line('1', 'replaced') });
  await server.answer(409, {
    error: { code: 'already_decided', message: '' },
    item: line('1', 'replaced'),
  });
  expect(one.text()).toContain('Kept.');
  expect(two.text()).toContain('Already decided: it is kept.');
  await pass(60_000);
  expect(server.requests).toHaveLength(2);
});

test('of two tabs, the one with an open choice drops it when the order shows the decision of the other', async () => {
  const [one, two] = [show(line('1')), show(line('1'))];
  one.press('Keep it');
  await pass(UNDO_MS);
  two.press('Refund it');
  await server.answer(200, { item: line('1', 'replaced') });
  two.poll(line('1', 'replaced'));
  await pass(60_000);
  expect(two.text()).toContain('Already decided: it is kept.');
  expect(server.requests).toEqual([{ itemId: '1', decision: 'approve' }]);
});
