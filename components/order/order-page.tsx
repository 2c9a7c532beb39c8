import { memo, useEffect, useMemo, useState } from 'react';
import type { PageSettings } from '@/lib/order/page-settings';
import type { FeedState } from '@/lib/client/order/order-feed';
import { useOrder } from '@/lib/client/order/use-order';
import { useMaxAge } from '@/lib/client/order/use-max-age';
import { useReadMarks } from '@/lib/client/chat/use-read-marks';
import { useOutbox } from '@/lib/client/chat/use-outbox';
import { focusWhenScrollable } from '@/lib/client/hooks/focus-when-scrollable';
import { useRenderAgain } from '@/lib/client/hooks/use-render-again';
import { usePageTitle } from '@/lib/client/hooks/use-page-title';
import { useVisibleHeight } from '@/lib/client/hooks/use-visible-height';
import type { OrderView } from '@/lib/order/order-view';
import { findFirstSection, listSections, type SectionName } from '@/lib/order/sections';
import { countUnread } from '@/lib/order/thread';
import { Announcer } from '@/components/ui/announcer';
import { FullPageMessage } from '@/components/ui/full-page-message';
import { SupportLink } from '@/components/ui/support-link';
import type { Sending } from '@/components/chat/chat-footer';
import { ChatPanel } from '@/components/chat/chat-panel';
import { EndingLink } from '@/components/chat/ending-link';
import { Freshness } from './freshness';
import { ChatNote } from './chat-note';
import { LaterItems } from './later-items';
import { LaterArrival, LaterPickup } from './later-pickup';
import { PageCopy } from './page-copy';
import { ProblemScreen } from './problem-screen';
import { RenderBoundary } from './render-boundary';
import { SectionSwitch } from './section-switch';
import { StatusBlock } from './status-block';
import { UpdatesPanel } from './updates-panel';
import { useCopy } from '@/lib/client/copy/order-copy';

type Props = {
  token: string;
  skeleton: React.ReactNode;
  settings: PageSettings;
  onState?: ((state: FeedState) => void) | undefined;
  /** Called when the order is too old to be shown. */
  onMaxAge?: (() => void) | undefined;
};

export function OrderPage(props: Props) {
  const { token, skeleton, settings, onState, onMaxAge } = props;
  const { supportUrl, quickReplies } = settings;
  const order = useOrder(token);
  const { state, locale, retryAtMs, isFetching, isOffline, refetchNow } = order;
  const { view, onSeen } = useReadMarks(token, order.view);
  useEffect(() => {
    if (state) onState?.(view ? { ...state, view } : state);
  }, [state, view, onState]);
  useMaxAge(state, onMaxAge);
  const { outbox, outgoing } = useOutbox(token, view?.chat.state);
  useVisibleHeight();
  const retry = { retryAtMs, isFetching, refetchNow };
  const canChange = !view || view.pollAfterMs !== undefined;
  const isOutdated =
    canChange && (isOffline || view?.stale === true || (!!view && state?.problem !== undefined));
  const behindSinceMs = isOutdated ? state?.asOfMs : undefined;
  const sending = useMemo<Sending>(
    () => ({ outbox, outgoing, quickReplies, behindSinceMs, isOffline, onSeen }),
    [outbox, outgoing, quickReplies, behindSinceMs, isOffline, onSeen],
  );
  const freshness = useMemo(
    () => <Freshness behindSinceMs={behindSinceMs} isOffline={isOffline} refetchNow={refetchNow} />,
    [behindSinceMs, isOffline, refetchNow],
  );
  // Order and outbox are kept above the boundary, so they survive a render error.
  return (
    <RenderBoundary fallback={skeleton} supportUrl={supportUrl} onError={refetchNow}>
      <PageCopy locales={settings} linkLocale={locale} fallback={skeleton}>
        <PageTitle settings={settings} unreadCount={view ? countUnread(view.chat.messages) : 0} />
        {view && (
          <OrderParts
            view={view}
            freshness={freshness}
            sending={sending}
            supportUrl={supportUrl}
            token={token}
            onAnswer={refetchNow}
          />
        )}
        {!view && isOffline && <OfflineNotice />}
        {!view && !state?.problem && skeleton}
        {!view && state?.problem && (
          <ProblemScreen problem={state.problem} supportUrl={supportUrl} {...retry} />
        )}
      </PageCopy>
    </RenderBoundary>
  );
}

type TitleProps = { settings: PageSettings; unreadCount: number };

function PageTitle({ settings: { locale, storeName }, unreadCount }: TitleProps) {
  const copy = useCopy();
  usePageTitle(unreadCount, copy.locale === locale ? undefined : copy.title(storeName));
  return null;
}

function OfflineNotice() {
  const copy = useCopy();
  return (
    <p
      role="status"
      className="caution-mark bg-caution px-4 py-2 text-center text-sm text-caution-ink"
    >
      {copy.connection.offline}
    </p>
  );
}

function hasNothingToShow({ chat, order, updates, pollAfterMs }: OrderView): boolean {
  return (
    chat.state === 'unavailable' && !order && updates.length === 0 && pollAfterMs === undefined
  );
}

type PartsProps = {
  view: OrderView;
  freshness: React.ReactNode;
  sending: Sending;
  supportUrl: string | undefined;
  token: string;
  /** Reads the order again, because the customer has changed it. */
  onAnswer: () => void;
};

// Every poll renders OrderPage. This part renders only if the order has changed.
const OrderParts = memo(function OrderParts(props: PartsProps) {
  const copy = useCopy();
  const { view, freshness, sending, supportUrl, token, onAnswer } = props;
  const { chat, updates, items, pickup } = view;
  const [chosen, setChosen] = useState<SectionName>();
  useRenderAgain(chat.state);
  if (hasNothingToShow(view))
    return (
      <FullPageMessage {...copy.nothingShown}>
        <SupportLink url={supportUrl} text={copy.support} />
      </FullPageMessage>
    );
  const isOpen = chat.state === 'open';
  const sections = listSections(view);
  const selected = sections.find((name) => name === chosen) ?? findFirstSection(sections, view);
  return (
    <div
      className="order-grid"
      data-chat={isOpen}
      data-section={selected}
      data-decide={items !== undefined && items.counts.decide > 0}
      // A customer who writes is not led away from the chat when the order is ready for pickup.
      onFocus={({ target }) => target.closest('.chat') && setChosen('chat')}
    >
      <StatusBlock view={view} freshness={freshness} />
      {pickup && <LaterArrival {...{ view, token, supportUrl }} onChanged={onAnswer} />}
      {selected && sections.length > 1 && (
        <SectionSwitch
          names={sections}
          selected={selected}
          unreadCount={countUnread(chat.messages)}
          decideCount={items?.counts.decide ?? 0}
          onSelect={setChosen}
        />
      )}
      <ChatNote view={view} supportUrl={supportUrl} />
      <section ref={focusWhenScrollable} className="side">
        {pickup && <LaterPickup {...{ view, token }} onChanged={onAnswer} />}
        {items && <LaterItems view={{ ...view, items }} token={token} onAnswer={onAnswer} />}
        {sections.includes('updates') && <UpdatesPanel updates={updates} />}
      </section>
      {isOpen && <ChatPanel view={view} sending={sending} supportUrl={supportUrl} />}
      {!isOpen && (
        <div className="ending px-4 py-2.5 text-center empty:hidden wide:p-0">
          <EndingLink order={view.order} supportUrl={supportUrl} />
        </div>
      )}
      <Announcer view={view} />
    </div>
  );
});
