'use client';

import { useCallback, useRef } from 'react';
import { toHostEvents } from '@/lib/client/embed/host-events';
import type { PageSettings } from '@/lib/order/page-settings';
import type { FeedState } from '@/lib/client/order/order-feed';
import { useEmbedHost } from '@/lib/client/embed/use-embed-host';
import { OrderStatus } from '@/components/order/order-status';

type Props = {
  skeleton: React.ReactNode;
  settings: PageSettings;
  allowedOrigins: readonly string[];
};

/** Shows the order in a frame and posts its events to embed.js. */
export function EmbeddedOrder({ allowedOrigins, ...storeProps }: Props) {
  const content = useRef<HTMLDivElement>(null);
  const host = useEmbedHost(allowedOrigins, content);
  const postState = useCallback((state: FeedState) => host.post(toHostEvents(state)), [host]);
  return (
    <div ref={content} className="flex min-h-0 flex-1 flex-col">
      <OrderStatus onState={postState} {...storeProps} />
    </div>
  );
}
