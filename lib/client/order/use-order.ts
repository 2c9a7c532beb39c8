import { focusManager, onlineManager, useQuery } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { findEarlyView } from './early-request';
import { createOrderFeed } from './order-feed';
import { provideFreshAddresses } from '@/lib/client/hooks/picture-refresh';
import { serverClock } from './server-clock';
import { useIsHidden, usePollEvents } from './use-poll-events';
import { useRenderAgain } from '@/lib/client/hooks/use-render-again';

const FRESH_ADDRESSES_EVERY_MS = 10_000;

/**
 * One order, kept up to date by a timer, and sooner after events that suggest a return. No event stops the
 * timer: browsers send `offline` and `hidden` wrongly, and leave out their counterparts. `token` must not change.
 */
export function useOrder(token: string) {
  const [feed] = useState(() =>
    createOrderFeed(token, { clock: serverClock, random: Math.random }),
  );
  // Shown by the first rendering, if it is here. Not as the query's initial data, which is never forgotten.
  const [earlyView, setEarlyView] = useState(() => findEarlyView(token));
  const isHidden = useIsHidden();
  const { data, dataUpdatedAt, fetchStatus, refetch } = useQuery({
    queryKey: ['order'],
    queryFn: feed.read,
    retry: false,
    networkMode: 'always',
    // Once its page has gone, the order goes at once.
    gcTime: 0,
    // The feed decides the wait once per answer, so a re-render does not start it anew.
    refetchInterval: ({ state }) =>
      (isHidden ? state.data?.hiddenPollMs : state.data?.nextPollMs) ?? false,
    refetchIntervalInBackground: true,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (data && earlyView) setEarlyView(undefined);
  const isOnline = useSyncExternalStore(
    onlineManager.subscribe,
    () => onlineManager.isOnline(),
    () => true,
  );

  usePollEvents(data, dataUpdatedAt, () => void refetch({ cancelRefetch: false }));
  useEffect(() => {
    // The library would hold back a send's repetition while it believes the page to be hidden.
    focusManager.setFocused(true);
    return () => focusManager.setFocused(undefined);
  }, []);
  useEffect(() => {
    let refreshedAtMs = -Infinity;
    return provideFreshAddresses(async () => {
      if (Math.abs(Date.now() - refreshedAtMs) < FRESH_ADDRESSES_EVERY_MS) return;
      refreshedAtMs = Date.now();
      feed.forgetEtag();
      await refetch();
    });
  }, [feed, refetch]);
  useRenderAgain(data?.view?.chat.state);
  const isWaiting = data?.problem !== undefined && data.nextPollMs !== undefined;
  return {
    state: data,
    view: data ? data.view : earlyView,
    retryAtMs: isWaiting ? data.retryAtMs : undefined,
    isFetching: fetchStatus === 'fetching',
    isOffline: !isOnline && data?.problem !== undefined,
    refetchNow: () => void refetch(),
  };
}
