import { beforeEach, expect, test, vi } from 'vitest';
import { Composer } from '@/components/chat/composer';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { fireEvent, render, screen, userEvent } from '@/tests/support/render';

let hasMouse = true;
let draft = '';
const outbox = { getDraft: () => draft, setDraft: (text: string) => void (draft = text) };

beforeEach(() => {
  hasMouse = true;
  draft = '';
  vi.stubGlobal('matchMedia', () => ({ matches: hasMouse }));
  return () => vi.unstubAllGlobals();
});

function show(quickReplies: string[] = []) {
  const sent: string[] = [];
  const view = render(
    <Composer
      shopperName="Zelma"
      outbox={outbox}
      quickReplies={quickReplies}
      onSend={(text) => sent.push(text)}
    />,
  );
  return { sent, ...view };
}

function field() {
  return screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message to Zelma' });
}

test('Enter sends and empties the field; Shift+Enter breaks the line', async () => {
  const { sent } = show();
  await userEvent.type(field(), 'One{Shift>}{Enter}{/Shift}two{Enter}');
  expect(sent).toEqual(['One\ntwo']);
  expect(field().value).toBe('');
});

test('on a touch keyboard Enter breaks the line, and the button sends', async () => {
  hasMouse = false;
  const { sent } = show();
  await userEvent.type(field(), 'One{Enter}two');
  expect(sent).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: copy.composer.send }));
  expect(sent).toEqual(['One\ntwo']);
});

test('Enter belongs to the input method while it composes, in Safari too', () => {
  const { sent } = show();
  fireEvent.change(field(), { target: { value: 'にほん' } });
  fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
  fireEvent.keyDown(field(), { key: 'Enter', keyCode: 229 });
  expect(sent).toEqual([]);
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(sent).toEqual(['にほん']);
});

test('held down, Enter sends once; blank is nothing to send', () => {
  const { sent } = show();
  fireEvent.keyDown(field(), { key: 'Enter' });
  fireEvent.change(field(), { target: { value: ' \n ' } });
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(sent).toEqual([]);
  fireEvent.change(field(), { target: { value: 'Yes' } });
  fireEvent.keyDown(field(), { key: 'Enter', repeat: true });
  expect(sent).toEqual([]);
  fireEvent.keyDown(field(), { key: 'Enter' });
  fireEvent.keyDown(field(), { key: 'Enter', repeat: true });
  expect(sent).toEqual(['Yes']);
});

test.each([
  [899, '', ''],
  [900, '100 characters left', '100 characters left'],
  [940, '60 characters left', '100 characters left'],
  [999, '1 character left', '10 characters left'],
  [1_000, '0 characters left', '10 characters left'],
  [1_001, '1 character too long', copy.composer.tooLong],
])('%i characters: "%s", and heard "%s"', (length, shown, heard) => {
  const { sent } = show();
  fireEvent.change(field(), { target: { value: `  ${'x'.repeat(length)} ` } });
  if (shown) expect(screen.getAllByText(shown).length).toBeGreaterThan(0);
  expect(screen.getByRole('status').textContent).toBe(heard);
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(sent).toHaveLength(length <= 1_000 ? 1 : 0);
  expect(field().value.trim()).toHaveLength(length <= 1_000 ? 0 : length);
});

test('counts what is sent: emoji by their parts, line ends as one', () => {
  show();
  fireEvent.change(field(), { target: { value: '👍🏽'.repeat(250) } });
  expect(screen.getByText('0 characters left')).toBeTruthy();
});

test('a quick answer fills the field, and the customer sends it', async () => {
  const { sent } = show(['Yes, that works', 'Please call me']);
  await userEvent.click(screen.getByRole('button', { name: 'Yes, that works' }));
  expect(field().value).toBe('Yes, that works');
  expect(document.activeElement).toBe(field());
  expect(sent).toEqual([]);
  expect(screen.queryByRole('button', { name: 'Please call me' })).toBeNull();
});

test('text runs in its own direction', () => {
  show(['כן']);
  expect(field().dir).toBe('auto');
  expect(screen.getByRole('button', { name: 'כן' }).querySelector('bdi')).toBeTruthy();
});

test('a draft outlives the field', () => {
  const { unmount } = show();
  fireEvent.change(field(), { target: { value: 'Half a sent' } });
  unmount();
  show();
  expect(field().value).toBe('Half a sent');
});
