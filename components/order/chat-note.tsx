import type { OrderProgress, OrderView } from '@/lib/order/order-view';
import { isOver, type Stage } from '@/lib/order/stages';
import { SupportLink } from '@/components/ui/support-link';
import { useCopy } from '@/lib/client/copy/order-copy';

type Props = { view: OrderView; supportUrl: string | undefined };

const BEFORE_SHOPPING: readonly Stage[] = ['received', 'assigned', 'unknown'];

// A last-mile order has no chat, and a later stage without a shopper promises none.
function isBeforeShopping({ type, stage }: OrderProgress): boolean {
  return type !== 'last_mile' && BEFORE_SHOPPING.includes(stage);
}

/** Says why there is no chat: no shopper yet, expired, not offered by the store, or a shared link. */
export function ChatNote({ view: { chat, order, access }, supportUrl }: Props) {
  const copy = useCopy();
  const { state } = chat;
  // The ending of an order that is over has a link to the store.
  const hasEnding = order !== undefined && isOver(order.stage);
  if (state === 'open' || (state === 'waiting' && order && !isBeforeShopping(order))) return null;
  if (state === 'unavailable')
    return (
      <div className="chat-note px-4 py-3 text-sm text-quiet wide:px-6">
        <p>{access === 'share' ? copy.chat.sharedHint : copy.chat.unavailableHint}</p>
        {!hasEnding && <SupportLink url={supportUrl} text={copy.support} />}
      </div>
    );
  const { title, hint } =
    state === 'waiting' ? copy.waiting : { title: copy.chat.expired, hint: copy.chat.expiredHint };
  return (
    <div className="chat-note mx-4 my-3 rounded-box bg-bubble px-4 py-3 wide:mx-6">
      <p className="font-semibold">{title}</p>
      <p className="mt-0.5 text-[0.9375rem]">{hint}</p>
      {state === 'expired' && !hasEnding && <SupportLink url={supportUrl} text={copy.support} />}
    </div>
  );
}
