'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { FeedState } from '@/lib/client/order/order-feed';
import { useLinkToken } from '@/lib/client/order/use-link-token';
import { OrderPage } from './order-page';
import { ProblemScreen } from './problem-screen';
import { RenderBoundary } from './render-boundary';

type Props = {
  /** Shown until there is an order. From the server, so that the bundle does not carry it. */
  skeleton: React.ReactNode;
  supportUrl: string | undefined;
  quickReplies: readonly string[];
  /** Shown where who opened the page may be no person: nothing is asked for before a tap on it. */
  askFirst?: React.ReactNode;
  /** Called with every new state of the order; with an empty one when another link is opened. */
  onState?: ((state: FeedState) => void) | undefined;
};

/** The order that the link in the page's address names. */
export function OrderStatus(props: Props) {
  return (
    <RenderBoundary fallback={props.skeleton} supportUrl={props.supportUrl}>
      <LinkedStatus {...props} />
    </RenderBoundary>
  );
}

function LinkedStatus({ askFirst, onState, ...store }: Props) {
  const token = useLinkToken();
  const [isWaiting, setIsWaiting] = useState(askFirst !== undefined);
  const [remountKey, setRemountKey] = useState(0);
  const remount = useCallback(() => setRemountKey((count) => count + 1), []);
  useEffect(() => {
    if (token !== undefined) onState?.(token ? {} : { problem: 'link_invalid' });
  }, [token, onState]);
  if (isWaiting)
    return (
      <div className="contents" onClick={() => setIsWaiting(false)}>
        {askFirst}
      </div>
    );
  if (token === undefined) return store.skeleton;
  if (!token) return <ProblemScreen problem="link_invalid" supportUrl={store.supportUrl} />;
  return (
    <LinkedOrder
      key={`${token} ${remountKey}`}
      token={token}
      onState={onState}
      onMaxAge={remount}
      {...store}
    />
  );
}

type LinkedProps = Omit<Props, 'askFirst'> & { token: string; onMaxAge: () => void };

// A memory of its own per link, so that one order's data is gone when another link is opened, and when
// it has not been confirmed for too long.
function LinkedOrder(order: LinkedProps) {
  const [memory] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={memory}>
      <OrderPage {...order} />
    </QueryClientProvider>
  );
}
