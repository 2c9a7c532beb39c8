import { memo, useEffect } from 'react';
import type { FeedState } from '@/lib/client/order-feed';
import { useOrder } from '@/lib/client/use-order';
import { useRenderAgain } from '@/lib/client/use-render-again';
import type { OrderView } from '@/lib/order/order-view';
import { words } from '@/lib/order/words';
import { Announcer } from './announcer';
import { Apology } from './apology';
import { ChatPanel } from './chat-panel';
import { ConnectionNotice } from './connection-notice';
import { NowPanel } from './now-panel';
import { ProblemScreen } from './problem-screen';
import { Skeleton } from './skeleton';
import { UpdatesPanel } from './updates-panel';

type Props = {
  token: string;
  supportUrl: string | undefined;
  onState?: ((state: FeedState) => void) | undefined;
};

export function OrderPage({ token, supportUrl, onState }: Props) {
  const { state, retryAtMs, isAsking, isOffline, askNow } = useOrder(token);
  useEffect(() => {
    if (state) onState?.(state);
  }, [state, onState]);
  const view = state?.view;
  const retry = { retryAtMs, isAsking, askNow };
  if (view && hasNothingToShow(view))
    return <Apology {...words.nothingShown} supportUrl={supportUrl} />;
  const canChange = !view || view.pollAfterMs !== undefined;
  const isBehind = view && canChange && (view.stale || state.problem !== undefined);
  return (
    <>
      {(isBehind || (isOffline && canChange)) && (
        <ConnectionNotice asOfMs={state?.asOfMs} isOffline={isOffline} {...retry} />
      )}
      {view && <OrderParts view={view} supportUrl={supportUrl} />}
      {!view && !state?.problem && <Skeleton />}
      {!view && state?.problem && (
        <ProblemScreen problem={state.problem} supportUrl={supportUrl} {...retry} />
      )}
    </>
  );
}

function hasNothingToShow({ chat, updates, pollAfterMs }: OrderView): boolean {
  return chat.state === 'unavailable' && updates.length === 0 && pollAfterMs === undefined;
}

type PartsProps = { view: OrderView; supportUrl: string | undefined };

// Every poll renders the page; what it shows renders only when the order has changed.
const OrderParts = memo(function OrderParts({ view, supportUrl }: PartsProps) {
  const { chat, people, updates } = view;
  useRenderAgain(chat.state);
  const hasChat = chat.state !== 'unavailable';
  return (
    <div className="order-grid" data-chat={hasChat}>
      <NowPanel view={view} />
      <UpdatesPanel updates={updates} canFold={hasChat} />
      {hasChat ? (
        <ChatPanel key={chat.state} chat={chat} people={people} supportUrl={supportUrl} />
      ) : (
        <p className="px-4 py-6 text-sm text-quiet @min-[720px]:px-6">
          {words.chat.unavailableHint}
        </p>
      )}
      <Announcer view={view} />
    </div>
  );
});
