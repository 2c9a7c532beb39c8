import { useNow } from '@/lib/client/hooks/use-now';
import { LONG_HEADLINE_LENGTH } from '@/lib/order/headline';
import { findShopper, type OrderView } from '@/lib/order/order-view';
import { formatAge } from '@/lib/order/time-text';
import { SEPARATOR, copy } from '@/lib/order/copy/en-US/order-page';
import { Avatar } from '@/components/ui/avatar';
import { MessageText } from '@/components/ui/message-text';
import { Moment } from '@/components/ui/moment';
import { Phrase } from '@/components/ui/phrase';

/** Shows the latest update in large type, its time, and the current shopper. */
export function NowPanel({ view: { updates, people, chat } }: { view: OrderView }) {
  const latest = updates.at(-1);
  const shopper = findShopper(people, people.currentShopperId);
  const isLong = (latest?.body.length ?? 0) > LONG_HEADLINE_LENGTH;
  return (
    <section aria-label={copy.now.label} className="now px-4 pt-4 pb-5 wide:px-6">
      <h1
        className={`line-clamp-6 font-semibold tracking-tight text-balance wrap-anywhere wide:line-clamp-4 ${isLong ? 'text-xl leading-7' : 'text-2xl leading-8 wide:text-3xl wide:leading-10'}`}
      >
        {latest ? <MessageText body={latest.body} plain /> : copy.now.nothingYet}
      </h1>
      <div className="mt-2 flex flex-col gap-x-4 gap-y-2 text-[0.9375rem] text-quiet wide:flex-row wide:items-center">
        {latest ? <LatestTime at={latest.at} /> : <p>{copy.now.nothingYetHint}</p>}
        {shopper && chat.state !== 'expired' && (
          <p className="flex max-w-full items-center gap-2 text-ink">
            <Avatar person={shopper} />
            <span className="min-w-0 wrap-anywhere">
              {shopper.name ? (
                <Phrase toSentence={copy.now.shopper} value={shopper.name} />
              ) : (
                copy.chat.someone
              )}
            </span>
          </p>
        )}
      </div>
    </section>
  );
}

function LatestTime({ at }: { at: string }) {
  const nowMs = useNow(10_000);
  const age = formatAge(Date.parse(at), nowMs);
  return (
    <p>
      <Moment at={at} nowMs={nowMs} />
      {age && <span>{SEPARATOR}</span>}
      {age && <bdi>{age}</bdi>}
    </p>
  );
}
