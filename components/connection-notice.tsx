import { useNow } from '@/lib/client/use-now';
import { formatAge } from '@/lib/order/time-text';
import { words } from '@/lib/order/words';
import { RetryStatus, type Retry } from './retry-status';

type Props = Retry & { asOfMs?: number | undefined; isOffline: boolean };

/** What is shown is old: how old, why, and when there will be news. The age ticks, so it is not announced. */
export function ConnectionNotice({ asOfMs, isOffline, ...retry }: Props) {
  const nowMs = useNow(10_000);
  const updated = asOfMs && words.connection.updated(formatAge(asOfMs, nowMs) ?? words.now.justNow);
  return (
    <div className="flex flex-wrap items-center justify-center gap-x-3 bg-caution px-4 py-2 text-center text-sm text-caution-ink">
      {isOffline ? (
        <p key="offline">
          <span role="status">{words.connection.offline}</span>
          {updated && <span>{` ${updated}`}</span>}
        </p>
      ) : (
        <p key="reconnecting">
          {updated && <span>{`${updated}, `}</span>}
          <span role="status">{words.connection.reconnecting}</span>
        </p>
      )}
      <RetryStatus {...retry} />
    </div>
  );
}
