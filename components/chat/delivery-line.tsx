import type { MouseEvent } from 'react';
import { needsDecision, type Delivery } from '@/lib/order/outgoing';
import type { ProblemCode } from '@/lib/order/problem';
import { Button } from '@/components/ui/button';
import { useCopy } from '@/lib/client/copy/order-copy';

type Props = {
  delivery: Delivery;
  problem?: ProblemCode | undefined;
  onSendAgain: () => void;
  onRemove: () => void;
};

/** Shows the state of a message that Connect has not returned yet, and buttons to send it again or delete it. */
export function DeliveryLine({ delivery, problem, onSendAgain, onRemove }: Props) {
  const copy = useCopy();
  const mustDecide = needsDecision(delivery);
  return (
    <div
      className={`flex flex-wrap justify-end gap-x-3 px-3 text-xs ${mustDecide ? 'text-caution-ink' : 'text-quiet'}`}
    >
      <p className={mustDecide ? 'caution-mark py-1 font-semibold' : ''}>
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
    // React removes the button together with its line, so move the focus to the thread, the nearest focusable ancestor.
    event.currentTarget.closest<HTMLElement>('[tabindex]')?.focus({ preventScroll: true });
    onClick();
  }
  return (
    <Button variant="text" className="min-h-6 px-1" onClick={press}>
      {children}
    </Button>
  );
}
