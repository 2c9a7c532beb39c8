import { useNow } from '@/lib/client/hooks/use-now';
import { copy } from '@/lib/order/copy/en-US/order-page';

export type Retry = { retryAtMs: number | undefined; isAsking: boolean; askNow: () => void };

/** "Trying again in 5 seconds", ticking, and a button that keeps the focus while it works. */
export function RetryStatus({ retryAtMs, isAsking, askNow }: Retry) {
  const nowMs = useNow(1_000);
  const seconds = retryAtMs === undefined ? 0 : Math.ceil((retryAtMs - nowMs) / 1_000);
  return (
    <span className="inline-flex flex-wrap items-center justify-center gap-x-3">
      {(isAsking || retryAtMs !== undefined) && (
        <span className="tabular-nums">
          {isAsking || seconds < 1 ? copy.retrying : copy.retryIn(seconds)}
        </span>
      )}
      <button
        type="button"
        aria-disabled={isAsking}
        className="min-h-11 rounded px-1 font-semibold underline underline-offset-2 aria-disabled:opacity-60"
        onClick={() => isAsking || askNow()}
      >
        {copy.retryNow}
      </button>
    </span>
  );
}
