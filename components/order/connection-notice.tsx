import { useLocale } from '@/lib/client/hooks/use-locale';
import { useNow } from '@/lib/client/hooks/use-now';
import { formatAge, formatMoment } from '@/lib/order/time-text';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { Phrase } from '@/components/ui/phrase';
import { RetryStatus, type Retry } from './retry-status';

type Props = Retry & { asOfMs?: number | undefined; isOffline: boolean };

/** Shows the age of an outdated order, the reason and the next attempt. The age is not announced: it changes often. */
export function ConnectionNotice({ asOfMs, isOffline, ...retry }: Props) {
  const nowMs = useNow(10_000);
  const locale = useLocale();
  const age =
    asOfMs === undefined
      ? undefined
      : (formatAge(asOfMs, nowMs) ?? formatMoment(new Date(asOfMs), nowMs, locale));
  return (
    <div className="flex flex-wrap items-center justify-center gap-x-3 bg-caution px-4 py-2 text-center text-sm text-caution-ink">
      <p key={isOffline ? 'offline' : 'reconnecting'}>
        {isOffline && <span role="status">{copy.connection.offline}</span>}
        {isOffline && <span> </span>}
        {age && <Phrase toSentence={copy.connection.updated} value={age} />}
        {age && !isOffline && <span>, </span>}
        {!isOffline && <span role="status">{copy.connection.reconnecting}</span>}
      </p>
      <RetryStatus {...retry} />
    </div>
  );
}
