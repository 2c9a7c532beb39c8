import { useNow } from '@/lib/client/use-now';
import { words } from '@/lib/order/words';

export type Retry = { retryAtMs: number | undefined; isAsking: boolean; askNow: () => void };

/** "Trying again in 5 seconds", ticking, and a button for the impatient. */
export function RetryStatus({ retryAtMs, isAsking, askNow }: Retry) {
  const nowMs = useNow(1_000);
  const seconds = retryAtMs === undefined ? 0 : Math.ceil((retryAtMs - nowMs) / 1_000);
  return (
    <span className="inline-flex flex-wrap items-center justify-center gap-x-3">
      {(isAsking || retryAtMs !== undefined) && (
        <span className="tabular-nums">
          {isAsking || seconds < 1 ? words.retrying : words.retryIn(seconds)}
        </span>
      )}
      <button
        type="button"
        disabled={isAsking}
        className="min-h-8 rounded px-1 font-semibold underline underline-offset-2 disabled:opacity-60"
        onClick={askNow}
      >
        {words.retryNow}
      </button>
    </span>
  );
}
