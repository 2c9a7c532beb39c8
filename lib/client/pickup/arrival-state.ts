import type { OrderView } from '@/lib/order/order-view';
import { isOver, type Stage } from '@/lib/order/stages';
import type { ChangeFailure, ChangeOutcome } from './change-order';

export type ArrivalState = {
  phase: 'idle' | 'sending' | 'arrived' | 'failed';
  /** The failure of the last attempt. It is kept while the next one is sent, so that its text keeps its place. */
  failure?: ChangeFailure;
  /** The button had the focus when the arrival was accepted. */
  hadFocus: boolean;
  stage: Stage | undefined;
};

export type ArrivalAction =
  | { type: 'press' }
  | { type: 'settle'; outcome: ChangeOutcome; hadFocus: boolean }
  | { type: 'stage'; stage: Stage | undefined };

export function startArrival(stage: Stage | undefined): ArrivalState {
  return { phase: 'idle', hadFocus: false, stage };
}

export function reduceArrival(state: ArrivalState, action: ArrivalAction): ArrivalState {
  switch (action.type) {
    case 'press':
      return { ...state, phase: 'sending' };
    case 'settle': {
      const { outcome, hadFocus } = action;
      return outcome.isDone
        ? { phase: 'arrived', hadFocus, stage: state.stage }
        : { ...state, phase: 'failed', failure: outcome.failure };
    }
    case 'stage': {
      // Orders can go back. When an order is ready again, its customer has to arrive again.
      const isAnew = action.stage === 'ready' && state.phase !== 'sending';
      return isAnew ? startArrival('ready') : { ...state, stage: action.stage };
    }
  }
}

/**
 * `result`: the next step. `button`: with the failure of the last attempt, if there is one. `failure`: without the button,
 * because the order is no longer ready.
 */
export type ShownArrival = 'nothing' | 'button' | 'failure' | 'result';

/**
 * A read link shows nothing, because the next step addresses the person at the store. While an arrival is sent the
 * button stays, even if a poll already brings the next stage: the outcome replaces it.
 */
export function toShownArrival(
  { access, order, pickup }: Pick<OrderView, 'access' | 'order' | 'pickup'>,
  { phase, failure }: ArrivalState,
): ShownArrival {
  if (access !== 'full' || !pickup || !order) return 'nothing';
  const { stage } = order;
  if (stage !== 'ready' && stage !== 'handing_over')
    return phase === 'failed' && failure === 'not_ready' && !isOver(stage) ? 'failure' : 'nothing';
  if (phase === 'sending') return 'button';
  if (stage === 'handing_over' || phase === 'arrived') return 'result';
  return pickup.canArrive ? 'button' : 'nothing';
}
