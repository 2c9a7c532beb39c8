'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { useLinkToken } from '@/lib/client/use-link-token';
import { OrderPage } from './order-page';
import { ProblemScreen } from './problem-screen';
import { Skeleton } from './skeleton';

/** The whole of an order, from the link in the page's address. */
export function OrderStatus({ supportUrl }: { supportUrl: string | undefined }) {
  const token = useLinkToken();
  if (token === undefined) return <Skeleton />;
  if (!token) return <ProblemScreen problem="link_invalid" supportUrl={supportUrl} />;
  return <LinkedOrder key={token} token={token} supportUrl={supportUrl} />;
}

// A memory of its own per link, so that one order's data is gone when another link is opened.
function LinkedOrder({ token, supportUrl }: { token: string; supportUrl: string | undefined }) {
  const [memory] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={memory}>
      <OrderPage token={token} supportUrl={supportUrl} />
    </QueryClientProvider>
  );
}
