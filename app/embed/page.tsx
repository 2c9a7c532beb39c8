import { headers } from 'next/headers';
import { EarlyRequest } from '@/components/order/early-request';
import { EmbedShell } from '@/components/embed/embed-shell';
import { EmbeddedOrder } from '@/components/embed/embedded-order';
import { Skeleton } from '@/components/order/skeleton';
import { getEnv } from '@/lib/server/config/env';
import { getPageCopy } from '@/lib/server/pages/page-copy';
import { toPageSettings } from '@/lib/server/pages/page-settings';

/** Renders the page for an iframe on the store's site. It has no store header, because the site has one. */
export default async function EmbeddedOrderStatusPage() {
  const nonce = (await headers()).get('x-nonce') ?? '';
  const { copy, shellCopy, copyScript } = await getPageCopy();
  const env = getEnv();
  return (
    <>
      <EarlyRequest nonce={nonce} copy={copy} copyScript={copyScript} />
      <EmbedShell nonce={nonce} shellCopy={shellCopy}>
        <EmbeddedOrder
          skeleton={<Skeleton copy={copy} />}
          settings={toPageSettings(env, copy.locale)}
          allowedOrigins={env.EMBED_ORIGINS}
        />
      </EmbedShell>
    </>
  );
}
