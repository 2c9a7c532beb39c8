import type { Vehicle } from '@/lib/order/pickup';
import { isEmptyVehicle, readVehicle } from '@/lib/order/vehicle-text';
import type { ChangeFailure, ChangeOutcome } from './change-order';

/** The fields of the form as typed; empty if they are not set. */
export type VehicleDraft = Record<'model' | 'kind' | 'color' | 'plate', string>;
export type VehicleMessage = 'saved' | 'kept' | 'empty' | ChangeFailure;

/** `draft`: the open form. `saved`: what the server stored, until a poll brings another vehicle than `before`. */
export type VehicleState = {
  draft?: VehicleDraft;
  isSaving: boolean;
  message?: VehicleMessage;
  saved?: { vehicle: Vehicle; before: Vehicle };
};

export type VehicleAction =
  | { type: 'open'; vehicle: Vehicle }
  | { type: 'edit'; field: keyof VehicleDraft; text: string }
  | { type: 'cancel' }
  | { type: 'refuse' }
  | { type: 'send' }
  | { type: 'settle'; outcome: ChangeOutcome; sent: Vehicle; before: Vehicle }
  | { type: 'confirm' };

export const CLOSED: VehicleState = { isSaving: false };

export function reduceVehicle(state: VehicleState, action: VehicleAction): VehicleState {
  const { draft, isSaving, saved } = state;
  // An edit during the request would be lost when the form closes.
  if (isSaving && (action.type === 'edit' || action.type === 'cancel')) return state;
  switch (action.type) {
    case 'open':
      return { ...(saved && { saved }), isSaving, draft: toDraft(action.vehicle) };
    case 'edit':
      return draft ? { ...state, draft: { ...draft, [action.field]: action.text } } : state;
    case 'cancel':
      return { ...(saved && { saved }), isSaving };
    case 'refuse':
      return { ...state, message: 'empty' };
    case 'send':
      return { ...(saved && { saved }), ...(draft && { draft }), isSaving: true };
    case 'settle':
      return settle(state, action);
    case 'confirm':
      return {
        ...(draft && { draft }),
        ...(state.message && { message: state.message }),
        isSaving,
      };
  }
}

function settle(
  state: VehicleState,
  { outcome, sent, before }: Extract<VehicleAction, { type: 'settle' }>,
): VehicleState {
  if (!outcome.isDone) return { ...state, isSaving: false, message: outcome.failure };
  const { vehicle: answer } = Object(outcome.body);
  const stored = readVehicle(answer);
  const vehicle = isEmptyVehicle(stored) ? sent : stored;
  const isKept = Object.keys(vehicle).some((field) => !Object.hasOwn(sent, field));
  return { isSaving: false, message: isKept ? 'kept' : 'saved', saved: { vehicle, before } };
}

function toDraft({ model, kind, color, plate }: Vehicle): VehicleDraft {
  return { model: model ?? '', kind: kind ?? '', color: color ?? '', plate: plate ?? '' };
}

export function isSameVehicle(a: Vehicle, b: Vehicle): boolean {
  return a.model === b.model && a.kind === b.kind && a.color === b.color && a.plate === b.plate;
}
