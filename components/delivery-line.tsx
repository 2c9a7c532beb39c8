import type { Delivery } from '@/lib/order/outgoing';
import type { ProblemCode } from '@/lib/order/problem';
import { words } from '@/lib/order/words';

type Props = {
  delivery: Delivery;
  problem?: ProblemCode | undefined;
  onSendAgain: () => void;
  onRemove: () => void;
};

/** What became of a message that the thread does not have yet, and what can be done about it. */
export function DeliveryLine({ delivery, problem, onSendAgain, onRemove }: Props) {
  const isStuck = delivery === 'failed' || delivery === 'unconfirmed';
  return (
    <div
      className={`flex flex-wrap justify-end gap-x-3 px-3 text-xs ${isStuck ? 'text-caution-ink' : 'text-quiet'}`}
    >
      <p className={isStuck ? 'py-1 font-semibold' : ''}>
        {problem === 'slow_down' ? words.delivery.tooMany : words.delivery[delivery]}
      </p>
      {isStuck && (
        <>
          <LineButton onClick={onSendAgain}>
            {delivery === 'failed' ? words.delivery.tryAgain : words.delivery.sendAgain}
          </LineButton>
          <LineButton onClick={onRemove}>{words.delivery.remove}</LineButton>
        </>
      )}
    </div>
  );
}

function LineButton({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <button
      type="button"
      className="min-h-6 rounded px-1 font-semibold underline underline-offset-2"
      onClick={onClick}
    >
      {children}
    </button>
  );
}
