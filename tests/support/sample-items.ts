import type { Items, ItemLine, ItemState } from '@/lib/order/order-view';

/** A line in a state. One that waits for a decision has a replacement: "Oat milk" for "Milk". */
export function line(id: string, state: ItemState = 'decide', more: Partial<ItemLine> = {}) {
  const item: ItemLine = {
    ...{ id, name: `Milk ${id}`, quantity: '1', unit: 'each', state },
    ...((state === 'decide' || state === 'replaced') && {
      replacement: { name: `Oat milk ${id}`, quantity: '1', unit: 'each' },
    }),
    ...more,
  };
  return item;
}

export function toItems(...lines: ItemLine[]): Items {
  const counts = { to_shop: 0, found: 0, replaced: 0, decide: 0, refunded: 0, other: 0 };
  for (const { state } of lines) counts[state] += 1;
  return { lines, counts };
}
