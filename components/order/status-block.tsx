import { useNow } from '@/lib/client/hooks/use-now';
import { LONG_HEADLINE_LENGTH, toHeadline, type Headline } from '@/lib/order/headline';
import type { OrderView, Update } from '@/lib/order/order-view';
import { formatAge } from '@/lib/order/time-text';
import { MessageText } from '@/components/ui/message-text';
import { Moment } from '@/components/ui/moment';
import { Phrase } from '@/components/ui/phrase';
import { DeliveryPhoto } from './delivery-photo';
import { OrderNumber } from './order-number';
import { Progress } from './progress';
import { WindowLine } from './window-line';
import { SEPARATOR } from '@/lib/order/copy/intl';
import { useCopy } from '@/lib/client/copy/order-copy';

const HEADLINE = 'headline font-semibold tracking-tight text-balance wrap-anywhere';

type Props = {
  view: OrderView;
  /** How old the order is, if it is not up to date. */
  freshness: React.ReactNode;
};

/** Where the order is: the stage, the window and the steps, or the latest update where there is no progress. */
export function StatusBlock({ view, freshness }: Props) {
  const copy = useCopy();
  const { order, people, updates, access, chat } = view;
  const headline = order && toHeadline(order, people, copy);
  const latest = updates.at(-1);
  return (
    <section
      aria-label={copy.status.label}
      className="status relative px-4 pt-0.5 pb-2.5 wide:px-6"
    >
      <DeliveryPhoto view={view} />
      {order && headline ? (
        <StageHeadline headline={headline} />
      ) : (
        <LatestHeadline body={latest?.body} />
      )}
      <p className="flex min-h-5 flex-wrap items-center gap-x-3 text-[0.9375rem] leading-5 wide:min-h-6 wide:text-[1.0625rem] wide:leading-6">
        <span className="inline-flex max-w-full flex-auto flex-wrap items-center">
          {order?.stage === 'handing_over' && latest ? (
            <LatestUpdate update={latest} />
          ) : order && (headline || order.window) ? (
            <WindowLine order={order} hasChat={chat.state === 'open'} />
          ) : (
            <LatestTime at={latest?.at} access={access} />
          )}
          {freshness}
        </span>
        {order?.number && <OrderNumber number={order.number} />}
      </p>
      {order && order.steps.length > 0 && <Progress type={order.type} steps={order.steps} />}
      {order && headline && latest && order.stage !== 'handing_over' && (
        <p
          className={`latest mt-3 truncate text-sm text-quiet ${order.steps.length > 0 ? 'narrow:hidden' : ''}`}
        >
          <LatestUpdate update={latest} />
        </p>
      )}
    </section>
  );
}

function StageHeadline({ headline }: { headline: Headline }) {
  return (
    <h1 className={HEADLINE}>
      {'text' in headline ? (
        headline.text
      ) : (
        <Phrase toSentence={headline.toSentence} value={headline.value} />
      )}
    </h1>
  );
}

function LatestHeadline({ body }: { body: string | undefined }) {
  const copy = useCopy();
  const isLong = (body?.length ?? 0) > LONG_HEADLINE_LENGTH;
  return (
    <h1 data-long={isLong || undefined} className={`line-clamp-2 ${HEADLINE}`}>
      {body ? <MessageText body={body} plain /> : copy.status.nothingYet}
    </h1>
  );
}

function LatestTime({ at, access }: { at: string | undefined; access: OrderView['access'] }) {
  const copy = useCopy();
  const nowMs = useNow(10_000);
  if (at === undefined)
    return (
      <span className="text-quiet">
        {access === 'share' ? copy.status.notShared : copy.status.nothingYetHint}
      </span>
    );
  const age = formatAge(Date.parse(at), nowMs, copy);
  return (
    <span className="text-quiet">
      <Moment at={at} nowMs={nowMs} />
      {age && <span>{SEPARATOR}</span>}
      {age && <bdi>{age}</bdi>}
    </span>
  );
}

function LatestUpdate({ update: { body, at } }: { update: Update }) {
  const copy = useCopy();
  const nowMs = useNow(60_000);
  return (
    <span className="min-w-0">
      <Phrase toSentence={copy.status.latest} value={body} />
      <span>{SEPARATOR}</span>
      <Moment at={at} nowMs={nowMs} />
    </span>
  );
}
