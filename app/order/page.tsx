import { headers } from 'next/headers';
import { OrderShell } from '@/components/order/order-shell';
import { StoreHeader } from '@/components/order/store-header';
import { getEnv } from '@/lib/server/config/env';
import { isLinkPreview } from '@/lib/server/pages/link-preview';

export default async function OrderStatusPage() {
  const requestHeaders = await headers();
  const nonce = requestHeaders.get('x-nonce') ?? '';
  const isPreview = isLinkPreview(requestHeaders.get('user-agent'));
  const { RETAILER_NAME, RETAILER_LOGO_URL, RETAILER_LOGO_DARK_URL, SUPPORT_URL, QUICK_REPLIES } =
    getEnv();
  return (
    <OrderShell
      nonce={nonce}
      isPreview={isPreview}
      supportUrl={SUPPORT_URL}
      quickReplies={QUICK_REPLIES}
    >
      <StoreHeader
        name={RETAILER_NAME}
        logoUrl={RETAILER_LOGO_URL}
        logoDarkUrl={RETAILER_LOGO_DARK_URL}
        supportUrl={SUPPORT_URL}
      />
    </OrderShell>
  );
}
