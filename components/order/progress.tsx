import type { OrderProgress } from '@/lib/order/order-view';
import type { Step } from '@/lib/order/stages';
import { useCopy } from '@/lib/client/copy/order-copy';
import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';

const FILLED = { done: 'w-full', current: 'w-1/2', next: 'w-0' };

/** How far the order is, as labelled steps. Bars are borders and boxes, so that forced colours keep them apart. */
export function Progress({ type, steps }: Pick<OrderProgress, 'type' | 'steps'>) {
  const copy = useCopy();
  const last = steps.at(-1);
  return (
    <ol
      aria-label={copy.status.progress}
      className="progress mt-2.5 flex max-w-190 flex-wrap gap-1"
    >
      {steps.map((step) => {
        // The last of all done steps is where the order is now.
        const isCurrent = step.state === 'current' || (step === last && step.state === 'done');
        return (
          <li
            key={step.stage}
            aria-current={isCurrent ? 'step' : undefined}
            className={`min-w-0 flex-auto text-[0.71875rem] leading-4 @max-[20rem]:text-[0.625rem] wide:text-[0.8125rem] ${isCurrent ? 'font-semibold' : 'text-quiet'}`}
          >
            <span
              aria-hidden
              className="step-bar mb-1 block h-[5px] overflow-hidden rounded-full bg-line"
            >
              <span className={`step-fill block h-full bg-brand-text ${FILLED[step.state]}`} />
            </span>
            <span className="wrap-anywhere">{toLabel(step, type, copy.status)}</span>
            {!isCurrent && (
              <span className="sr-only">
                {` (${step.state === 'done' ? copy.status.stepDone : copy.status.stepNext})`}
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function toLabel(
  { stage }: Step,
  type: OrderProgress['type'],
  copy: OrderCopy['status'],
): string | undefined {
  return stage === 'done' && type === 'pickup' ? copy.pickedUp : copy.steps[stage];
}
