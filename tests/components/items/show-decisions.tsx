import { vi } from 'vitest';
import { DecisionSlot } from '@/components/items/decision-slot';
import type { ItemLine } from '@/lib/order/order-view';
import { act, render, within } from '@/tests/support/render';
import { toItems } from '@/tests/support/sample-items';
import { press } from './press';

/** Advances the fake timers. */
export async function pass(ms: number) {
  await act(() => vi.advanceTimersByTimeAsync(ms));
}

/** Shows the decisions about the lines, as one tab. `poll` shows other lines. */
export function show(...first: ItemLine[]) {
  const toElement = (lines: ItemLine[]) => (
    <DecisionSlot items={toItems(...lines)} mayDecide token="t" onAnswer={() => undefined} />
  );
  const { rerender, unmount, container } = render(toElement(first));
  const tab = within(container);
  return {
    unmount,
    poll: (...lines: ItemLine[]) => rerender(toElement(lines)),
    press: (name: string) => press(tab.getByRole('button', { name })),
    pictures: () => [...container.querySelectorAll('img')].map(({ src }) => src),
    text: () => tab.queryByRole('region')?.textContent ?? '',
  };
}
