import { headers } from 'next/headers';
import { OrderStatus } from '@/components/order-status';
import { StoreHeader } from '@/components/store-header';
import { SupportLink } from '@/components/support-link';
import { EARLY_REQUEST_SCRIPT } from '@/lib/client/early-request';
import { shellWords } from '@/lib/order/shell-words';
import { getServices } from '@/lib/server/services';

/** The same for everyone: which order it is stands in the fragment, which servers never see. */
export default async function OrderStatusPage() {
  const nonce = (await headers()).get('x-nonce') ?? '';
  const { env } = getServices();
  return (
    <div className="page-frame">
      <script nonce={nonce} suppressHydrationWarning>
        {EARLY_REQUEST_SCRIPT}
      </script>
      <StoreHeader
        name={env.RETAILER_NAME}
        logoUrl={env.RETAILER_LOGO_URL}
        supportUrl={env.SUPPORT_URL}
      />
      <noscript>
        <div className="p-6 text-center">
          <p>{shellWords.noScript}</p>
          <SupportLink url={env.SUPPORT_URL} />
        </div>
      </noscript>
      <main className="script-only flex min-h-0 flex-1 flex-col">
        <OrderStatus supportUrl={env.SUPPORT_URL} />
      </main>
    </div>
  );
}
