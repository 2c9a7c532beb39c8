import { focusManager, onlineManager, useQuery } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { findEarlyView } from './early-request';
import { createOrderFeed, type FeedState } from './order-feed';
import { serverClock } from './server-clock';
import { useRenderAgain } from './use-render-again';

/** One order, kept up to date while the page is visible and online. `token` must not change. */
export function useOrder(token: string) {
  const [readOrder] = useState(() =>
    createOrderFeed(token, { clock: serverClock, random: Math.random }),
  );
  // Shown by the first rendering, if it is here. Not as the query's initial data, which is never forgotten.
  const [earlyView, setEarlyView] = useState(() => findEarlyView(token));
  const { data, fetchStatus, refetch } = useQuery({
    queryKey: ['order'],
    queryFn: readOrder,
    retry: false,
    // Once its page has gone, the order goes at once.
    gcTime: 0,
    // The feed decides the wait once per answer, so a re-render does not start it anew.
    refetchInterval: ({ state }) => state.data?.nextPollMs ?? false,
    refetchOnWindowFocus: ({ state }) => mayAskNow(state.data),
    refetchOnReconnect: ({ state }) => mayAskNow(state.data),
  });
  if (data && earlyView) setEarlyView(undefined);
  const isOnline = useSyncExternalStore(
    onlineManager.subscribe,
    () => onlineManager.isOnline(),
    () => true,
  );
  useEffect(() => {
    // Back from the browser's memory of whole pages, which is older than what was polled.
    function onPageShow({ persisted }: PageTransitionEvent) {
      if (persisted) focusManager.onFocus();
    }
    addEventListener('pageshow', onPageShow);
    return () => removeEventListener('pageshow', onPageShow);
  }, []);
  useRenderAgain(data?.view?.chat.state);
  const isWaiting = isOnline && data?.problem !== undefined && data.nextPollMs !== undefined;
  return {
    state: data,
    view: data ? data.view : earlyView,
    retryAtMs: isWaiting ? data.retryAtMs : undefined,
    isAsking: fetchStatus === 'fetching',
    isOffline: !isOnline,
    askNow: () => void refetch(),
  };
}

function mayAskNow(state: FeedState | undefined): boolean {
  if (state?.nextPollMs === undefined) return false;
  return !state.mustWait || serverClock.now() >= (state.retryAtMs ?? 0);
}
