import { useAnnouncement } from '@/lib/client/hooks/use-announcement';
import { useFocusMove } from '@/lib/client/pickup/use-focus-move';
import { useVehicle } from '@/lib/client/pickup/use-vehicle';
import type { VehicleMessage } from '@/lib/client/pickup/vehicle-state';
import type { Vehicle as VehicleData } from '@/lib/order/pickup';
import { describeVehicle, isEmptyVehicle } from '@/lib/order/vehicle-text';
import { Button } from '@/components/ui/button';
import { VehicleForm } from './vehicle-form';
import { SEPARATOR } from '@/lib/order/copy/intl';
import type { PickupCopy } from '@/lib/order/copy/en-US/pickup';
import { usePickupCopy } from '@/lib/client/copy/pickup-copy';

type Props = {
  polled: VehicleData | undefined;
  token: string;
  canChange: boolean;
  onChanged: () => void;
};

/** Shows the vehicle in which the customer comes, and the form that changes it in its place. */
export function Vehicle({ polled, token, canChange, onChanged }: Props) {
  const copy = usePickupCopy().vehicle;
  const { state, vehicle, dispatch, save } = useVehicle(token, polled, onChanged);
  const { from, to } = useFocusMove();
  const text = toMessageText(state.message, copy);
  const announcement = useAnnouncement(text, (_, after) => after);
  const isEmpty = isEmptyVehicle(vehicle);
  if (!canChange && isEmpty) return null;
  return (
    <div className="mt-5">
      <p role="status" className="sr-only">
        {announcement}
      </p>
      <h2 className="text-sm font-semibold text-quiet">{copy.title}</h2>
      {state.draft && canChange ? (
        <VehicleForm
          ref={from}
          draft={state.draft}
          isSaving={state.isSaving}
          failure={text}
          onEdit={(field, value) => dispatch({ type: 'edit', field, text: value })}
          onSave={() => void save()}
          onCancel={() => dispatch({ type: 'cancel' })}
        />
      ) : (
        <div className="mt-2 flex flex-wrap items-center gap-x-3 border-b border-line pb-2">
          {isEmpty ? (
            <p className="flex-1 basis-24 text-sm text-quiet">{copy.hint}</p>
          ) : (
            <Description vehicle={vehicle} />
          )}
          {canChange && (
            <Button
              ref={to}
              variant="text"
              aria-label={isEmpty ? undefined : copy.changeLabel}
              className="-mx-2 min-h-11 px-2 text-brand-text"
              onClick={() => dispatch({ type: 'open', vehicle })}
            >
              {isEmpty ? copy.add : copy.change}
            </Button>
          )}
          {state.message === 'kept' && <p className="w-full text-sm text-quiet">{text}</p>}
        </div>
      )}
    </div>
  );
}

function Description({ vehicle }: { vehicle: VehicleData }) {
  const { name, details } = describeVehicle(vehicle, usePickupCopy().vehicle);
  return (
    <>
      <span aria-hidden className="grid size-10 shrink-0 place-items-center rounded-tile bg-bubble">
        <svg viewBox="0 0 24 24" className="size-5 fill-quiet">
          <path d="M5.6 5.3A2 2 0 0 1 7.5 4h9a2 2 0 0 1 1.9 1.3L20 10l1 1.2V19a1 1 0 0 1-1 1h-1a1 1 0 0 1-1-1v-1H6v1a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-7.8L4 10zM6.4 9.5h11.2L16.5 6h-9zM6.5 15a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3m11 0a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3" />
        </svg>
      </span>
      <p className="min-w-0 flex-1 basis-24 wrap-anywhere">
        <bdi className="block">{name}</bdi>
        <span className="block text-sm text-quiet">
          {details.map((detail, i) => (
            <span key={i}>
              {i > 0 && <span>{SEPARATOR}</span>}
              <bdi>{detail}</bdi>
            </span>
          ))}
        </span>
      </p>
    </>
  );
}

function toMessageText(message: VehicleMessage | undefined, copy: PickupCopy['vehicle']): string {
  if (message === undefined) return '';
  if (message === 'saved' || message === 'kept' || message === 'empty') return copy[message];
  return copy.failures[message];
}
