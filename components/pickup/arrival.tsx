import { useAnnouncement } from '@/lib/client/hooks/use-announcement';
import { toShownArrival } from '@/lib/client/pickup/arrival-state';
import type { ChangeFailure } from '@/lib/client/pickup/change-order';
import { useArrival } from '@/lib/client/pickup/use-arrival';
import { useFocusMove } from '@/lib/client/pickup/use-focus-move';
import { useLaterUpdate } from '@/lib/client/pickup/use-later-update';
import type { OrderView } from '@/lib/order/order-view';
import { toNextStep } from '@/lib/order/pickup-kinds';
import { Button } from '@/components/ui/button';
import { MessageText } from '@/components/ui/message-text';
import { SupportLink } from '@/components/ui/support-link';
import { useCopy } from '@/lib/client/copy/order-copy';
import { PickupCopy, type CopyProps } from './pickup-copy';
import { usePickupCopy } from '@/lib/client/copy/pickup-copy';

type Props = {
  view: OrderView;
  token: string;
  supportUrl: string | undefined;
  /** Called when the order has or may have changed. */
  onChanged: () => void;
};

/** The arrival with its copy, which is loaded after the first view of the order. */
export function ArrivalSection({ fallback, ...props }: Props & CopyProps) {
  return (
    <PickupCopy fallback={fallback}>
      <Arrival {...props} />
    </PickupCopy>
  );
}

/**
 * Shows the button with which the customer reports the arrival, and the next step in its place afterwards. An update that
 * arrives later is newer than our next step, so it is shown instead: only its text says if no runner was found.
 */
export function Arrival({ view, token, supportUrl, onChanged }: Props) {
  const copy = usePickupCopy().arrival;
  const { state, report } = useArrival(token, view.order?.stage, onChanged);
  const { from, to } = useFocusMove();
  const { from: fromFailure, to: toButton } = useFocusMove();
  const shown = toShownArrival(view, state);
  const isSending = state.phase === 'sending';
  const failure = shown === 'button' || shown === 'failure' ? state.failure : undefined;
  const nextStep = toNextStep(view.pickup?.instructions ?? [], copy);
  const laterUpdate = useLaterUpdate(view.updates, shown === 'result');
  const outcome =
    shown === 'result'
      ? `${copy.result} ${nextStep}`
      : failure && !isSending
        ? copy.failures[failure]
        : '';
  // Screen readers read the result when it takes the focus.
  const announcement = useAnnouncement(outcome, (before, after) =>
    before === '' && shown === 'result' && state.hadFocus ? '' : after,
  );
  return (
    // Positioned, because a wide page draws the positioned status over this place, which would receive the clicks.
    <div
      className={shown === 'nothing' ? 'arrival' : 'arrival arriving relative px-4 pb-3 wide:px-6'}
    >
      <p role="status" className="sr-only">
        {announcement}
      </p>
      {shown === 'button' && (
        <div ref={from}>
          <Button
            ref={toButton}
            variant="primary"
            aria-disabled={isSending}
            className="w-full forced-colors:border forced-colors:aria-disabled:text-[GrayText]"
            onClick={(event) => void report(event.currentTarget)}
          >
            {isSending ? copy.sending : copy.button}
          </Button>
          {failure && <Failure failure={failure} isHidden={isSending} supportUrl={supportUrl} />}
        </div>
      )}
      {shown === 'failure' && failure && (
        <div ref={fromFailure}>
          <p ref={to} tabIndex={-1} className="min-h-11 content-center rounded text-sm leading-5">
            {copy.failures[failure]}
          </p>
        </div>
      )}
      {shown === 'result' && (
        <p ref={to} tabIndex={-1} className="min-h-11 content-center rounded text-sm leading-5">
          {/* The headline says the same as soon as the order shows it. */}
          <span className={view.order?.stage === 'handing_over' ? 'sr-only' : 'font-semibold'}>
            {`${copy.result} `}
          </span>
          {laterUpdate ? <MessageText body={laterUpdate} plain /> : <span>{nextStep}</span>}
        </p>
      )}
    </div>
  );
}

type FailureProps = {
  failure: ChangeFailure;
  /** A hidden failure keeps its place. */
  isHidden: boolean;
  supportUrl: string | undefined;
};

function Failure({ failure, isHidden, supportUrl }: FailureProps) {
  const { support } = useCopy();
  const copy = usePickupCopy().arrival;
  return (
    <div
      className={`mt-2 text-sm text-balance [&_a]:inline-block [&_a]:py-3 [&_p]:mt-0 ${isHidden ? 'invisible' : ''}`}
    >
      <p>{copy.failures[failure]}</p>
      {failure !== 'not_ready' && <SupportLink url={supportUrl} text={support} />}
    </div>
  );
}
