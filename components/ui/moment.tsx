import { useLocale } from '@/lib/client/hooks/use-locale';
import { formatExact, formatMoment, isYesterday, formatClock } from '@/lib/order/time-text';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { Phrase } from './phrase';

/** A time of day for today, "Yesterday" and the time for yesterday, else the date and the time. */
export function Moment({ at, nowMs }: { at: string; nowMs: number }) {
  const locale = useLocale();
  return (
    <time dateTime={at} title={formatExact(at, locale)}>
      {isYesterday(at, nowMs) ? (
        <Phrase of={copy.yesterdayAt} value={formatClock(at, locale)} />
      ) : (
        <bdi>{formatMoment(at, nowMs, locale)}</bdi>
      )}
    </time>
  );
}
