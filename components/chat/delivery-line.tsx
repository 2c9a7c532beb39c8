import type { MouseEvent } from 'react';
import { isStuck, type Delivery } from '@/lib/order/outgoing';
import type { ProblemCode } from '@/lib/order/problem';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { Button } from '@/components/ui/button';

type Props = {
  delivery: Delivery;
  problem?: ProblemCode | undefined;
  onSendAgain: () => void;
  onRemove: () => void;
};

/** The state of a message that the thread does not contain yet, with buttons to send it again or delete it. */
export function DeliveryLine({ delivery, problem, onSendAgain, onRemove }: Props) {
  const mustDecide = isStuck(delivery);
  return (
    <div
      className={`flex flex-wrap justify-end gap-x-3 px-3 text-xs ${mustDecide ? 'text-caution-ink' : 'text-quiet'}`}
    >
      <p className={mustDecide ? 'py-1 font-semibold' : ''}>
        {problem === 'slow_down' ? copy.delivery.tooMany : copy.delivery[delivery]}
      </p>
      {mustDecide && (
        <>
          <LineButton onClick={onSendAgain}>
            {delivery === 'failed' ? copy.delivery.tryAgain : copy.delivery.sendAgain}
          </LineButton>
          <LineButton onClick={onRemove}>{copy.delivery.remove}</LineButton>
        </>
      )}
    </div>
  );
}

function LineButton({ onClick, children }: { onClick: () => void; children: string }) {
  function press(event: MouseEvent<HTMLElement>) {
    // The button is removed with its line, so the focus moves to the thread.
    event.currentTarget.closest<HTMLElement>('[tabindex]')?.focus({ preventScroll: true });
    onClick();
  }
  return (
    <Button variant="text" className="min-h-6 px-1" onClick={press}>
      {children}
    </Button>
  );
}
