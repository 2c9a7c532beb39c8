import { useReducer, useRef } from 'react';
import type { Vehicle } from '@/lib/order/pickup';
import { isEmptyVehicle, readVehicle } from '@/lib/order/vehicle-text';
import { changeOrder, mayHaveChanged } from './change-order';
import { CLOSED, isSameVehicle, reduceVehicle } from './vehicle-state';

const VEHICLE_PATH = '/api/order/vehicle';

/** The vehicle and its form. `polled` is the vehicle of the order, which may still be the one before the last save. */
export function useVehicle(token: string, polled: unknown, onChanged: () => void) {
  const [state, dispatch] = useReducer(reduceVehicle, CLOSED);
  const isSending = useRef(false);
  const known = readVehicle(polled);
  if (state.saved && !isSameVehicle(state.saved.before, known)) dispatch({ type: 'confirm' });
  const vehicle: Vehicle = state.saved?.vehicle ?? known;

  async function save(): Promise<void> {
    if (isSending.current) return;
    const sent = readVehicle(state.draft);
    if (isEmptyVehicle(sent)) return dispatch({ type: 'refuse' });
    isSending.current = true;
    dispatch({ type: 'send' });
    const outcome = await changeOrder('PUT', VEHICLE_PATH, token, sent);
    isSending.current = false;
    dispatch({ type: 'settle', outcome, sent, before: known });
    if (mayHaveChanged(outcome)) onChanged();
  }

  return { state, vehicle, dispatch, save };
}
