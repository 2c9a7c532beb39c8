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

function show(quickReplies: string[] = [], shopperName: string | undefined = 'Zelma') {
  const sent: string[] = [];
  const view = render(
    <Composer
      shopperName={shopperName}
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

test('Enter sends and empties the field; Shift+Enter inserts a line break', async () => {
  const { sent } = show();
  await userEvent.type(field(), 'One{Shift>}{Enter}{/Shift}two{Enter}');
  expect(sent).toEqual(['One\ntwo']);
  expect(field().value).toBe('');
});

test('on a touch keyboard Enter inserts a line break, and the button sends', async () => {
  hasMouse = false;
  const { sent } = show();
  await userEvent.type(field(), 'One{Enter}two');
  expect(sent).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: copy.composer.send }));
  expect(sent).toEqual(['One\ntwo']);
});

test('Enter does not send during IME composition, in Safari too', () => {
  const { sent } = show();
  fireEvent.change(field(), { target: { value: 'にほん' } });
  fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
  fireEvent.keyDown(field(), { key: 'Enter', keyCode: 229 });
  expect(sent).toEqual([]);
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(sent).toEqual(['にほん']);
});

test('holding Enter sends once, and blank text is not sent', () => {
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
])('%i characters: the counter shows "%s" and announces "%s"', (length, shown, announced) => {
  const { sent } = show();
  fireEvent.change(field(), { target: { value: `  ${'x'.repeat(length)} ` } });
  if (shown) expect(screen.getAllByText(shown).length).toBeGreaterThan(0);
  expect(screen.getByRole('status').textContent).toBe(announced);
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(sent).toHaveLength(length <= 1_000 ? 1 : 0);
  expect(field().value.trim()).toHaveLength(length <= 1_000 ? 0 : length);
});

test('the counter counts the text as sent: UTF-16 units, with CRLF as one', () => {
  show();
  fireEvent.change(field(), { target: { value: '👍🏽'.repeat(250) } });
  expect(screen.getByText('0 characters left')).toBeTruthy();
});

test('a quick answer fills the field and is not sent', async () => {
  const { sent } = show(['Yes, that works', 'Please call me']);
  await userEvent.click(screen.getByRole('button', { name: 'Yes, that works' }));
  expect(field().value).toBe('Yes, that works');
  expect(document.activeElement).toBe(field());
  expect(sent).toEqual([]);
  expect(screen.getByRole('list').className).toContain('invisible');
});

test('the field has the direction of its text', () => {
  show(['כן']);
  expect(field().dir).toBe('auto');
  expect(screen.getByRole('button', { name: 'כן' }).querySelector('bdi')).toBeTruthy();
});

test('the draft is kept when the field is removed and rendered again', () => {
  const { unmount } = show();
  fireEvent.change(field(), { target: { value: 'Half a sent' } });
  unmount();
  show();
  expect(field().value).toBe('Half a sent');
});

test.each([
  ['Zelma', 'Message Zelma', 'Message to Zelma'],
  ['', copy.composer.placeholder, copy.composer.label],
])(
  'for the shopper "%s" the placeholder is "%s" and the label "%s"',
  (name, placeholder, label) => {
    show([], name);
    expect(screen.getByPlaceholderText(placeholder)).toBe(
      screen.getByRole('textbox', { name: label }),
    );
  },
);

test('the send button is a picture with a name', () => {
  show();
  const button = screen.getByRole('button', { name: 'Send' });
  expect(button.textContent).toBe('');
  expect(button.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
  expect(button.getAttribute('aria-disabled')).toBe('true');
  fireEvent.change(field(), { target: { value: 'Yes' } });
  expect(button.getAttribute('aria-disabled')).toBe('false');
});
