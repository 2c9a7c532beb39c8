import { focusManager, onlineManager, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { findEarlyView } from './early-request';
import { createOrderFeed, type FeedState } from './order-feed';
import { provideFreshAddresses } from '@/lib/client/hooks/picture-refresh';
import { serverClock } from '@/lib/client/hooks/server-clock';
import { useIsHidden, usePollEvents } from './use-poll-events';
import { useRenderAgain } from '@/lib/client/hooks/use-render-again';

const FRESH_ADDRESSES_EVERY_MS = 10_000;
const QUERY_KEY = ['order'];

/**
 * Polls one order on a timer, and earlier after events that suggest that the reader is back. No event stops the
 * timer: browsers send `offline` and `hidden` wrongly, and omit `online` and `visible`. `token` must not change.
 */
export function useOrder(token: string) {
  const queryClient = useQueryClient();
  const [readOrder] = useState(() =>
    createOrderFeed(token, { clock: serverClock, random: Math.random }),
  );
  // The first rendering shows the early view if it has arrived. It is not the initial data of the query, because TanStack
  // Query keeps initial data in memory.
  const [early, setEarly] = useState(() => findEarlyView(token));
  const isHidden = useIsHidden();
  const { data, dataUpdatedAt, fetchStatus, refetch } = useQuery({
    queryKey: QUERY_KEY,
    queryFn: () => readOrder(queryClient.getQueryData<FeedState>(QUERY_KEY)),
    retry: false,
    networkMode: 'always',
    // The order is removed from memory immediately when no page shows it.
    gcTime: 0,
    // The random wait is chosen once per response, so another rendering does not restart the timer.
    refetchInterval: ({ state }) =>
      (isHidden ? state.data?.hiddenPollMs : state.data?.nextPollMs) ?? false,
    refetchIntervalInBackground: true,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (data && early) setEarly(undefined);
  const isOnline = useSyncExternalStore(
    onlineManager.subscribe,
    () => onlineManager.isOnline(),
    () => true,
  );

  usePollEvents(data, dataUpdatedAt, () => void refetch({ cancelRefetch: false }));
  useEffect(() => {
    // TanStack Query pauses the retries of a send while `focusManager` reports the page as hidden.
    focusManager.setFocused(true);
    return () => focusManager.setFocused(undefined);
  }, []);
  useEffect(() => {
    let refreshedAtMs = -Infinity;
    return provideFreshAddresses(async () => {
      if (Math.abs(Date.now() - refreshedAtMs) < FRESH_ADDRESSES_EVERY_MS) return;
      refreshedAtMs = Date.now();
      // A request without an ETag gets a complete response; a 304 would not contain new signed picture addresses.
      queryClient.setQueryData<FeedState>(QUERY_KEY, (state) => state && { ...state, etag: null });
      await refetch();
    });
  }, [queryClient, refetch]);
  useRenderAgain(data?.view?.chat.state);
  const isWaiting = data?.problem !== undefined && data.nextPollMs !== undefined;
  return {
    state: data,
    view: data ? data.view : early?.view,
    /** The language of the link: null if it has none, undefined until the first response. */
    locale: data ? (data.locale ?? null) : early?.locale,
    retryAtMs: isWaiting ? data.retryAtMs : undefined,
    isFetching: fetchStatus === 'fetching',
    isOffline: !isOnline && data?.problem !== undefined,
    // The query's own function, which stays the same: a callback would keep the order of its first render in memory.
    refetchNow: refetch,
  };
}
