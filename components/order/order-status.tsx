'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { FeedState } from '@/lib/client/order/order-feed';
import { useLinkToken } from '@/lib/client/order/use-link-token';
import type { PageSettings } from '@/lib/order/page-settings';
import { OrderPage } from './order-page';
import { PageCopy } from './page-copy';
import { ProblemScreen } from './problem-screen';
import { RenderBoundary } from './render-boundary';

type Props = {
  /** Shown until the order arrives. The server renders it, so that the bundle does not contain it. */
  skeleton: React.ReactNode;
  settings: PageSettings;
  /** Shown to a possible link preview. The order is requested only after a tap on it. */
  tapToView?: React.ReactNode;
  /** Called with every new state of the order, and with an empty state when another link is opened. */
  onState?: ((state: FeedState) => void) | undefined;
};

/** Shows the order that the link in the page's address opens. */
export function OrderStatus(props: Props) {
  return (
    <RenderBoundary fallback={props.skeleton} supportUrl={props.settings.supportUrl}>
      <LinkedStatus {...props} />
    </RenderBoundary>
  );
}

function LinkedStatus({ tapToView, onState, ...shared }: Props) {
  const { settings } = shared;
  const token = useLinkToken();
  const [needsTap, setNeedsTap] = useState(tapToView !== undefined);
  const [remountKey, setRemountKey] = useState(0);
  const remount = useCallback(() => setRemountKey((count) => count + 1), []);
  useEffect(() => {
    if (token !== undefined) onState?.(token ? {} : { problem: 'link_invalid' });
  }, [token, onState]);
  if (needsTap)
    return (
      <div className="contents" onClick={() => setNeedsTap(false)}>
        {tapToView}
      </div>
    );
  if (token === undefined) return shared.skeleton;
  if (!token)
    return (
      <PageCopy locales={settings} linkLocale={null} fallback={shared.skeleton}>
        <ProblemScreen problem="link_invalid" supportUrl={settings.supportUrl} />
      </PageCopy>
    );
  return (
    <LinkedOrder
      key={`${token} ${remountKey}`}
      token={token}
      onState={onState}
      onMaxAge={remount}
      {...shared}
    />
  );
}

type LinkedProps = Omit<Props, 'tapToView'> & { token: string; onMaxAge: () => void };

// A new query client per link and remount removes the data of the previous order, or of an order that was not
// confirmed for too long.
function LinkedOrder(order: LinkedProps) {
  const [queryClient] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={queryClient}>
      <OrderPage {...order} />
    </QueryClientProvider>
  );
}
