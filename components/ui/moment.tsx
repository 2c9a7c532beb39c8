import { formatExact, formatMoment, isYesterday, formatClock } from '@/lib/order/time-text';
import { Phrase } from './phrase';
import { useCopy } from '@/lib/client/copy/order-copy';

/** Shows the time of day, after "Yesterday" or after a date if it is not today. `at` is ISO-8601. */
export function Moment({ at, nowMs }: { at: string; nowMs: number }) {
  const copy = useCopy();
  const { locale } = copy;
  return (
    <time dateTime={at} title={formatExact(at, locale)}>
      {isYesterday(at, nowMs) ? (
        <Phrase toSentence={copy.yesterdayAt} value={formatClock(at, locale)} />
      ) : (
        <bdi>{formatMoment(at, nowMs, locale)}</bdi>
      )}
    </time>
  );
}
