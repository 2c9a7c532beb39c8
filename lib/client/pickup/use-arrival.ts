import { useReducer, useRef } from 'react';
import type { Stage } from '@/lib/order/stages';
import { reduceArrival, startArrival } from './arrival-state';
import { changeOrder, mayHaveChanged } from './change-order';

const ARRIVAL_PATH = '/api/order/arrival';

/** Reports the customer's arrival once. `report` gets the pressed button, and does nothing while a report is sent. */
export function useArrival(token: string, stage: Stage | undefined, onChanged: () => void) {
  const [state, dispatch] = useReducer(reduceArrival, stage, startArrival);
  // Two clicks within one task both see the state before the first one.
  const isSending = useRef(false);
  if (state.stage !== stage) dispatch({ type: 'stage', stage });

  async function report(button: HTMLElement): Promise<void> {
    if (isSending.current) return;
    isSending.current = true;
    dispatch({ type: 'press' });
    const outcome = await changeOrder('POST', ARRIVAL_PATH, token, {});
    isSending.current = false;
    dispatch({ type: 'settle', outcome, hadFocus: button === document.activeElement });
    if (mayHaveChanged(outcome)) onChanged();
  }

  return { state, report };
}
