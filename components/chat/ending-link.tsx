import type { OrderProgress } from '@/lib/order/order-view';
import { isOver } from '@/lib/order/stages';
import { useCopy } from '@/lib/client/copy/order-copy';

type Props = { order: OrderProgress | undefined; supportUrl: string | undefined };

/** Leads to the store, once the order is over. */
export function EndingLink({ order, supportUrl }: Props) {
  const copy = useCopy();
  if (!order || !isOver(order.stage) || !supportUrl) return null;
  return (
    <a
      href={supportUrl}
      rel="noopener noreferrer"
      className="inline-grid min-h-11 place-items-center rounded-action border border-line bg-card px-6 text-center text-sm font-semibold text-balance text-ink hover:bg-bubble active:bg-line"
    >
      {order.stage === 'done' ? copy.ending.problem : copy.ending.cancelled}
    </a>
  );
}
