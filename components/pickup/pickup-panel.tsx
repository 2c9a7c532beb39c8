import { focusWhenScrollable } from '@/lib/client/hooks/focus-when-scrollable';
import type { OrderView } from '@/lib/order/order-view';
import { isPickup } from '@/lib/order/is-pickup';
import type { PickupInstruction } from '@/lib/order/pickup';
import { groupByKind, mayNeedVehicle } from '@/lib/order/pickup-kinds';
import { MessageText } from '@/components/ui/message-text';
import { Photo } from '@/components/ui/photo';
import { Vehicle } from './vehicle';
import { PickupCopy, type CopyProps } from './pickup-copy';
import { usePickupCopy } from '@/lib/client/copy/pickup-copy';

type Props = {
  view: OrderView;
  token: string;
  /** Called when the order has or may have changed. */
  onChanged: () => void;
};

/** The section with its copy, which is loaded after the first view of the order. */
export function PickupSection({ fallback, ...props }: Props & CopyProps) {
  return (
    <PickupCopy fallback={fallback}>
      <PickupPanel {...props} />
    </PickupCopy>
  );
}

/** The section "Pickup": the store's instructions, and the customer's vehicle where a runner has to find it. */
export function PickupPanel({ view, token, onChanged }: Props) {
  const copy = usePickupCopy().instructions;
  const { pickup, access } = view;
  if (!isPickup(pickup)) return null;
  const groups = [...groupByKind(pickup.instructions)];
  return (
    <section
      ref={focusWhenScrollable}
      aria-label={copy.section}
      className="pickup min-h-0 overflow-y-auto bg-card px-4 py-3 wide:px-5"
    >
      <h2 className="text-sm font-semibold text-quiet">{copy.title}</h2>
      {groups.length === 0 && <p className="mt-1 text-[0.9375rem]">{copy.none}</p>}
      {groups.map(([kind, instructions]) => (
        <div key={kind}>
          {groups.length > 1 && <h3 className="mt-3 font-semibold">{copy.kinds[kind]}</h3>}
          {instructions.map((instruction, i) => (
            <Instruction key={i} instruction={instruction} />
          ))}
        </div>
      ))}
      {mayNeedVehicle(pickup.instructions) && (
        <Vehicle
          polled={pickup.vehicle}
          token={token}
          canChange={access === 'full'}
          onChanged={onChanged}
        />
      )}
    </section>
  );
}

function Instruction({ instruction: { text, images } }: { instruction: PickupInstruction }) {
  const copy = usePickupCopy().instructions;
  return (
    <div className="mt-1 mb-3 wrap-anywhere">
      {text && <MessageText body={text} />}
      {images.map(({ url, alt = copy.photo }) => (
        <Photo key={url} url={url} label={alt} className="mt-2 h-40 w-full wide:h-28" />
      ))}
    </div>
  );
}
