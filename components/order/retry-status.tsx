import { useNow } from '@/lib/client/hooks/use-now';
import { Button } from '@/components/ui/button';
import { useCopy } from '@/lib/client/copy/order-copy';

export type Retry = { retryAtMs: number | undefined; isFetching: boolean; refetchNow: () => void };

/** Shows a countdown, "Trying again in 5 seconds", and a button. A disabled button would lose the focus. */
export function RetryStatus({ retryAtMs, isFetching, refetchNow }: Retry) {
  const copy = useCopy();
  const nowMs = useNow(1_000);
  const seconds = retryAtMs === undefined ? 0 : Math.ceil((retryAtMs - nowMs) / 1_000);
  return (
    <span className="inline-flex flex-wrap items-center justify-center gap-x-3">
      {(isFetching || retryAtMs !== undefined) && (
        <span className="[font-variant-numeric:tabular-nums]">
          {isFetching || seconds < 1 ? copy.retrying : copy.retryIn(seconds)}
        </span>
      )}
      <Button
        variant="text"
        aria-disabled={isFetching}
        className="min-h-11 px-1 aria-disabled:opacity-60"
        onClick={() => isFetching || refetchNow()}
      >
        {copy.retryNow}
      </Button>
    </span>
  );
}
