import { useLinger } from '@/lib/client/hooks/use-linger';
import { useNow } from '@/lib/client/hooks/use-now';

// A poll that fails once is repeated within seconds, so a younger order is not worth a notice.
const OLD_MS = 30_000;
const LINGER_MS = 5_000;

/** True if the order was last confirmed 30 seconds ago or earlier, and for 5 seconds longer, so that a notice can be read. */
export function useIsOld(behindSinceMs: number | undefined): boolean {
  const nowMs = useNow(5_000);
  return useLinger(behindSinceMs !== undefined && nowMs - behindSinceMs >= OLD_MS, LINGER_MS);
}
