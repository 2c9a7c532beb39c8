import { expect, test } from 'vitest';
import { DecisionSlot } from '@/components/items/decision-slot';
import { ThreadQuestion } from '@/components/items/thread-question';
import { fireEvent, render, screen } from '@/tests/support/render';
import { line, toItems } from '@/tests/support/sample-items';

test('the row of the thread names the first replacement to decide, and its button leads to the decision', () => {
  const items = toItems(line('1', 'found'), line('2'), line('3'));
  render(
    <>
      <DecisionSlot items={items} mayDecide token="t" onAnswer={() => undefined} />
      <ThreadQuestion items={items} />
    </>,
  );
  expect(screen.getByText('Offered instead:').parentElement?.textContent).toContain('Oat milk 2');
  fireEvent.click(screen.getByRole('button', { name: 'Review' }));
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Keep it' }));
});

test('an offer without a name is not confused with the ordered item', () => {
  const unnamed = line('1');
  delete unnamed.replacement;
  render(<ThreadQuestion items={toItems(unnamed)} />);
  expect(screen.getByText('Offered instead:').parentElement?.textContent).toContain(
    'Something else',
  );
});

test('an order without a replacement to decide, or with items of another form, has no row', () => {
  const decided = render(<ThreadQuestion items={toItems(line('1', 'replaced'))} />);
  expect(decided.container.textContent).toBe('');
  const foreign = { lines: [null], counts: { decide: 1 } } as never;
  expect(render(<ThreadQuestion items={foreign} />).container.textContent).toBe('');
});
