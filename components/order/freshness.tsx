import { useNow } from '@/lib/client/hooks/use-now';
import { useIsOld } from '@/lib/client/order/use-is-old';
import { formatAge, formatMoment } from '@/lib/order/time-text';
import { Phrase } from '@/components/ui/phrase';
import { SEPARATOR } from '@/lib/order/copy/intl';
import { useCopy } from '@/lib/client/copy/order-copy';

type Props = {
  /** When the order was last known to be true, on the server's clock; undefined while the order is up to date. */
  behindSinceMs: number | undefined;
  isOffline: boolean;
  refetchNow: () => void;
};

/**
 * "checked 2 min. ago" and a button, once the order is older than 30 seconds. The age is not announced. A narrow page
 * has no room beside the window, so there it covers the gap below the status, so that nothing moves.
 */
export function Freshness({ behindSinceMs, isOffline, refetchNow }: Props) {
  const copy = useCopy();
  const nowMs = useNow(5_000);
  const { locale } = copy;
  const isOld = useIsOld(behindSinceMs);
  const checkedAtMs = behindSinceMs ?? nowMs;
  const age =
    formatAge(checkedAtMs, nowMs, copy) ?? formatMoment(new Date(checkedAtMs), nowMs, locale);
  return (
    <>
      <span role="status" className="sr-only">
        {isOld &&
          behindSinceMs !== undefined &&
          (isOffline ? copy.connection.offline : copy.connection.reconnecting)}
      </span>
      {isOld && (
        <span className="inline-flex items-center text-sm whitespace-nowrap text-caution-ink narrow:absolute narrow:end-3 narrow:top-full narrow:z-10 narrow:-mt-3 narrow:h-5 narrow:rounded-full narrow:bg-caution narrow:ps-3 narrow:text-xs">
          <span aria-hidden className="whitespace-pre text-quiet narrow:hidden">
            {SEPARATOR}
          </span>
          <span>
            <Phrase toSentence={copy.status.checked} value={age} />
          </span>
          <button
            type="button"
            aria-label={copy.status.checkAgain}
            className="-my-3 grid size-11 shrink-0 place-items-center rounded-full"
            onClick={() => refetchNow()}
          >
            <svg
              aria-hidden
              viewBox="0 0 20 20"
              className="size-4.5 fill-none stroke-current stroke-2"
            >
              <path
                d="M16 10a6 6 0 1 1-2-4.5M16 2.5v4h-4"
                strokeLinecap="round"
                strokeLinejoin="round"
              />
            </svg>
          </button>
        </span>
      )}
    </>
  );
}
