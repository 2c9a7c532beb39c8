import { useLocale } from '@/lib/client/hooks/use-locale';
import { useNow } from '@/lib/client/hooks/use-now';
import { LONG_HEADLINE_LENGTH, toHeadline, type Headline } from '@/lib/order/headline';
import { toEndedAt } from '@/lib/order/messages-readable-until';
import type { OrderProgress, OrderView } from '@/lib/order/order-view';
import { formatAge, formatClock, formatMoment, isYesterday } from '@/lib/order/time-text';
import { SEPARATOR, copy } from '@/lib/order/copy/en-US/order-page';
import { MessageText } from '@/components/ui/message-text';
import { Moment } from '@/components/ui/moment';
import { Phrase } from '@/components/ui/phrase';
import { Progress } from './progress';
import { WindowLine } from './window-line';

const HEADLINE = 'font-semibold tracking-tight text-balance wrap-anywhere';
const SHORT = 'text-[1.375rem] leading-7 wide:text-3xl wide:leading-10';

type Props = {
  view: OrderView;
  /** How old the order is, if it is not up to date. */
  freshness: React.ReactNode;
};

/** Where the order is: the stage, the window and the steps, or the latest update where there is no progress. */
export function StatusBlock({ view, freshness }: Props) {
  const { order, people, updates } = view;
  const headline = order && toHeadline(order, people);
  const latest = updates.at(-1);
  return (
    <section aria-label={copy.status.label} className="status px-4 pt-0.5 pb-2.5 wide:px-6">
      {order && headline ? (
        <StageHeadline order={order} headline={headline} />
      ) : (
        <LatestHeadline body={latest?.body} />
      )}
      <p className="flex min-h-5 flex-wrap items-center gap-x-3 text-[0.9375rem] leading-5 wide:min-h-6 wide:text-[1.0625rem] wide:leading-6">
        <span className="peer inline-flex flex-auto flex-wrap items-center">
          {order && headline ? <WindowLine order={order} /> : <LatestTime at={latest?.at} />}
          {freshness}
        </span>
        {order?.number && (
          <span className="text-sm text-quiet narrow:peer-has-[button]:hidden">
            <Phrase toSentence={copy.status.number} value={order.number} />
          </span>
        )}
      </p>
      {order && order.steps.length > 0 && <Progress type={order.type} steps={order.steps} />}
      {order && headline && latest && (
        <p className="latest mt-3 truncate text-sm text-quiet narrow:hidden">
          <Phrase toSentence={copy.status.latest} value={latest.body} />
          <span>{SEPARATOR}</span>
          <LatestClock at={latest.at} />
        </p>
      )}
    </section>
  );
}

function StageHeadline({ order, headline }: { order: OrderProgress; headline: Headline }) {
  const { messagesReadableUntil: until } = order;
  const endedAt =
    order.steps.findLast(({ stage }) => stage === 'done')?.at ?? (until && toEndedAt(until));
  return (
    <h1 className={`${HEADLINE} ${SHORT}`}>
      {'text' in headline ? (
        order.stage === 'done' && endedAt ? (
          <EndHeadline text={headline.text} at={endedAt} />
        ) : (
          headline.text
        )
      ) : (
        <Phrase toSentence={headline.toSentence} value={headline.value} />
      )}
    </h1>
  );
}

function EndHeadline({ text, at }: { text: string; at: string }) {
  const locale = useLocale();
  const nowMs = useNow(60_000);
  const clock = formatClock(at, locale);
  const moment = formatMoment(at, nowMs, locale);
  if (moment === clock)
    return <Phrase toSentence={(time) => copy.status.doneAt(text, time)} value={clock} />;
  const day = isYesterday(at, nowMs)
    ? copy.window.range(copy.yesterday.toLowerCase(), clock)
    : moment;
  return <Phrase toSentence={(time) => copy.status.doneOn(text, time)} value={day} />;
}

function LatestHeadline({ body }: { body: string | undefined }) {
  const isLong = (body?.length ?? 0) > LONG_HEADLINE_LENGTH;
  return (
    <h1 className={`line-clamp-2 ${HEADLINE} ${isLong ? 'text-xl leading-7' : SHORT}`}>
      {body ? <MessageText body={body} plain /> : copy.status.nothingYet}
    </h1>
  );
}

function LatestTime({ at }: { at: string | undefined }) {
  const nowMs = useNow(10_000);
  if (at === undefined) return <span className="text-quiet">{copy.status.nothingYetHint}</span>;
  const age = formatAge(Date.parse(at), nowMs);
  return (
    <span className="text-quiet">
      <Moment at={at} nowMs={nowMs} />
      {age && <span>{SEPARATOR}</span>}
      {age && <bdi>{age}</bdi>}
    </span>
  );
}

function LatestClock({ at }: { at: string }) {
  return <Moment at={at} nowMs={useNow(60_000)} />;
}
