import { expect, test, vi } from 'vitest';
import { SectionSwitch } from '@/components/order/section-switch';
import { render, screen, userEvent, within } from '@/tests/support/render';

const names = ['chat', 'items', 'updates'] as const;

function show(unreadCount = 0, decideCount = 0) {
  const onSelect = vi.fn();
  render(
    <SectionSwitch
      names={names}
      selected="chat"
      unreadCount={unreadCount}
      decideCount={decideCount}
      onSelect={onSelect}
    />,
  );
  return onSelect;
}

function buttons() {
  return within(screen.getByRole('group', { name: 'Sections' })).getAllByRole('button');
}

test('each section has a button, and the selected one is pressed', () => {
  show();
  expect(
    buttons().map((button) => [button.textContent, button.getAttribute('aria-pressed')]),
  ).toEqual([
    ['Chat', 'true'],
    ['Items', 'false'],
    ['Updates', 'false'],
  ]);
});

test('a button selects its section by mouse and by keyboard', async () => {
  const onSelect = show();
  await userEvent.click(screen.getByRole('button', { name: 'Updates' }));
  screen.getByRole('button', { name: 'Chat' }).focus();
  await userEvent.keyboard('{Enter}');
  expect(onSelect.mock.calls).toEqual([['updates'], ['chat']]);
});

test.each([
  [1, /^Chat ?1 new message$/],
  [2, /^Chat ?2 new messages$/],
])('%i unread messages are counted in the name %s', (count, name) => {
  show(count);
  expect(screen.getByRole('button', { name })).toBe(buttons()[0]);
});

test('replacements to decide are counted in the name of the items, and none is not', () => {
  show(0, 1);
  expect(screen.getByRole('button', { name: /^Items ?1 to decide$/ })).toBe(buttons()[1]);
  expect(screen.getByRole('button', { name: 'Chat' })).toBe(buttons()[0]);
});

test('without replacements to decide, the items have their plain name', () => {
  show(3);
  expect(screen.getByRole('button', { name: 'Items' })).toBe(buttons()[1]);
});
