'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { FeedState } from '@/lib/client/order-feed';
import { useLinkToken } from '@/lib/client/use-link-token';
import { AskFirst } from './ask-first';
import { OrderPage } from './order-page';
import { ProblemScreen } from './problem-screen';

type Props = {
  /** Shown until there is an order. From the server, so that the bundle does not carry it. */
  skeleton: React.ReactNode;
  supportUrl: string | undefined;
  quickReplies: readonly string[];
  /** Who opened the page may be no person: asks for nothing before a tap. */
  asksFirst?: boolean;
  /** Called with every new state of the order; with an empty one when another link is opened. */
  onState?: ((state: FeedState) => void) | undefined;
};

/** The whole of an order, from the link in the page's address. */
export function OrderStatus({ asksFirst = false, onState, ...store }: Props) {
  const token = useLinkToken();
  const [isWaiting, setIsWaiting] = useState(asksFirst);
  useEffect(() => {
    if (token !== undefined) onState?.(token ? {} : { problem: 'link_invalid' });
  }, [token, onState]);
  if (isWaiting) return <AskFirst onShow={() => setIsWaiting(false)} />;
  if (token === undefined) return store.skeleton;
  if (!token) return <ProblemScreen problem="link_invalid" supportUrl={store.supportUrl} />;
  return <LinkedOrder key={token} token={token} onState={onState} {...store} />;
}

type LinkedProps = Omit<Props, 'asksFirst'> & { token: string };

// A memory of its own per link, so that one order's data is gone when another link is opened.
function LinkedOrder(order: LinkedProps) {
  const [memory] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={memory}>
      <OrderPage {...order} />
    </QueryClientProvider>
  );
}
