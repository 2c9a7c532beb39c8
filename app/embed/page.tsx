import { headers } from 'next/headers';
import { EarlyRequest } from '@/components/order/early-request';
import { EmbedShell } from '@/components/embed/embed-shell';
import { EmbeddedOrder } from '@/components/embed/embedded-order';
import { Skeleton } from '@/components/order/skeleton';
import { getEnv } from '@/lib/server/config/env';

/** Renders the page for an iframe on the store's site. It has no store header, because the site has one. */
export default async function EmbeddedOrderStatusPage() {
  const nonce = (await headers()).get('x-nonce') ?? '';
  const { SUPPORT_URL, QUICK_REPLIES, EMBED_ORIGINS } = getEnv();
  return (
    <>
      <EarlyRequest nonce={nonce} />
      <EmbedShell nonce={nonce}>
        <EmbeddedOrder
          skeleton={<Skeleton />}
          supportUrl={SUPPORT_URL}
          quickReplies={QUICK_REPLIES}
          allowedOrigins={EMBED_ORIGINS}
        />
      </EmbedShell>
    </>
  );
}
