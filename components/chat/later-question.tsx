import { useLoadedLater } from '@/lib/client/hooks/use-loaded-later';
import type { Items } from '@/lib/order/order-view';

// eslint-disable-next-line no-restricted-syntax -- A chunk of its own; dependency-cruiser follows it.
const loadQuestion = () => import('@/components/items/thread-question');

/** The row about the replacements to decide, as soon as its code has loaded. */
export function LaterQuestion({ items }: { items: Items }) {
  const loaded = useLoadedLater(loadQuestion);
  return loaded ? <loaded.ThreadQuestion items={items} /> : null;
}
