import { useNow } from '@/lib/client/hooks/use-now';
import type { OrderProgress } from '@/lib/order/order-view';
import { isOver } from '@/lib/order/stages';
import { formatAbout, formatUntil, formatWindow } from '@/lib/order/window-text';
import { Phrase } from '@/components/ui/phrase';
import { useCopy } from '@/lib/client/copy/order-copy';

/** When the order comes, how late it is, or until when its messages can be read. */
export function WindowLine({ order, hasChat }: { order: OrderProgress; hasChat: boolean }) {
  const copy = useCopy();
  const nowMs = useNow(60_000);
  const { type, stage, window, isLate, messagesReadableUntil } = order;
  if (isOver(stage))
    return (
      hasChat &&
      messagesReadableUntil && (
        <span className="text-sm text-quiet">
          <Phrase
            toSentence={copy.window.messagesUntil}
            value={formatAbout(messagesReadableUntil, nowMs, copy)}
          />
        </span>
      )
    );
  if (!window) return null;
  const when = formatWindow(window, nowMs, copy);
  if (isLate)
    return (
      <span className="caution-mark font-semibold text-caution-ink">
        <Phrase toSentence={copy.window.late} value={when} />
      </span>
    );
  const isReady = stage === 'ready' || stage === 'handing_over';
  return (
    <span className="font-semibold">
      {isReady ? (
        <Phrase
          toSentence={
            nowMs < Date.parse(window.to) ? copy.window.pickupUntil : copy.window.pickupEnded
          }
          value={formatUntil(window.to, nowMs, copy)}
        />
      ) : (
        <Phrase
          toSentence={type === 'pickup' ? copy.window.pickup : copy.window.arrives}
          value={when}
        />
      )}
    </span>
  );
}
