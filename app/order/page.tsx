import { headers } from 'next/headers';
import { OrderShell } from '@/components/order/order-shell';
import { StoreHeader } from '@/components/order/store-header';
import { getEnv } from '@/lib/server/config/env';
import { isLinkPreview } from '@/lib/server/pages/link-preview';
import { getPageCopy } from '@/lib/server/pages/page-copy';
import { toPageSettings } from '@/lib/server/pages/page-settings';

export default async function OrderStatusPage() {
  const requestHeaders = await headers();
  const { copy, shellCopy, copyScript } = await getPageCopy();
  const env = getEnv();
  return (
    <OrderShell
      nonce={requestHeaders.get('x-nonce') ?? ''}
      isPreview={isLinkPreview(requestHeaders.get('user-agent'))}
      settings={toPageSettings(env, copy.locale)}
      copy={copy}
      shellCopy={shellCopy}
      copyScript={copyScript}
    >
      <StoreHeader
        name={env.RETAILER_NAME}
        logoUrl={env.RETAILER_LOGO_URL}
        logoDarkUrl={env.RETAILER_LOGO_DARK_URL}
        supportUrl={env.SUPPORT_URL}
        copy={copy}
      />
    </OrderShell>
  );
}
