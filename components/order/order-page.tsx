import { memo, useEffect, useMemo } from 'react';
import type { FeedState } from '@/lib/client/order/order-feed';
import { useOrder } from '@/lib/client/order/use-order';
import { useMaxAge } from '@/lib/client/order/use-max-age';
import { useOutbox } from '@/lib/client/chat/use-outbox';
import { useRenderAgain } from '@/lib/client/hooks/use-render-again';
import { useUnreadTitle } from '@/lib/client/chat/use-unread-title';
import { useVisibleHeight } from '@/lib/client/hooks/use-visible-height';
import type { OrderView } from '@/lib/order/order-view';
import { countUnread } from '@/lib/order/thread';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { Announcer } from '@/components/ui/announcer';
import { FullPageMessage } from '@/components/ui/full-page-message';
import type { Sending } from '@/components/chat/chat-footer';
import { ChatPanel } from '@/components/chat/chat-panel';
import { ConnectionNotice } from './connection-notice';
import { NowPanel } from './now-panel';
import { ProblemScreen } from './problem-screen';
import { RenderBoundary } from './render-boundary';
import { SupportLink } from '@/components/ui/support-link';
import { UpdatesPanel } from './updates-panel';

type Props = {
  token: string;
  skeleton: React.ReactNode;
  supportUrl: string | undefined;
  quickReplies: readonly string[];
  onState?: ((state: FeedState) => void) | undefined;
  /** Called when the order is too old to be shown. */
  onMaxAge?: (() => void) | undefined;
};

export function OrderPage(props: Props) {
  const { token, skeleton, supportUrl, quickReplies, onState, onMaxAge } = props;
  const { state, view, retryAtMs, isFetching, isOffline, refetchNow } = useOrder(token);
  useEffect(() => {
    if (state) onState?.(state);
  }, [state, onState]);
  useMaxAge(state, onMaxAge);
  const { outbox, outgoing } = useOutbox(token, view?.chat.state);
  const sending = useMemo(
    () => ({ outbox, outgoing, quickReplies }),
    [outbox, outgoing, quickReplies],
  );
  useVisibleHeight();
  useUnreadTitle(view ? countUnread(view.chat.messages) : 0);
  const retry = { retryAtMs, isFetching, refetchNow };
  const canChange = !view || view.pollAfterMs !== undefined;
  const isOutdated = view && canChange && (view.stale || state?.problem !== undefined);
  // Order and outbox are kept above the boundary, so they survive a render error.
  return (
    <RenderBoundary fallback={skeleton} supportUrl={supportUrl} onError={refetchNow}>
      {(isOutdated || (isOffline && canChange)) && (
        <ConnectionNotice asOfMs={state?.asOfMs} isOffline={isOffline} {...retry} />
      )}
      {view && <OrderParts view={view} sending={sending} supportUrl={supportUrl} />}
      {!view && !state?.problem && skeleton}
      {!view && state?.problem && (
        <ProblemScreen problem={state.problem} supportUrl={supportUrl} {...retry} />
      )}
    </RenderBoundary>
  );
}

function hasNothingToShow({ chat, updates, pollAfterMs }: OrderView): boolean {
  return chat.state === 'unavailable' && updates.length === 0 && pollAfterMs === undefined;
}

type PartsProps = { view: OrderView; sending: Sending; supportUrl: string | undefined };

// Every poll renders OrderPage. This part renders only if the order has changed.
const OrderParts = memo(function OrderParts({ view, sending, supportUrl }: PartsProps) {
  const { chat, updates } = view;
  useRenderAgain(chat.state);
  if (hasNothingToShow(view))
    return <FullPageMessage {...copy.nothingShown} supportUrl={supportUrl} />;
  const hasChat = chat.state !== 'unavailable';
  return (
    <div className="order-grid" data-chat={hasChat}>
      <NowPanel view={view} />
      <UpdatesPanel updates={updates} canFold={hasChat} />
      {hasChat ? (
        <ChatPanel key={chat.state} view={view} sending={sending} supportUrl={supportUrl} />
      ) : (
        <div className="px-4 py-6 text-sm text-quiet wide:px-6">
          <p>{copy.chat.unavailableHint}</p>
          <SupportLink url={supportUrl} />
        </div>
      )}
      <Announcer view={view} />
    </div>
  );
});
