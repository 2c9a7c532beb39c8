import { headers } from 'next/headers';
import { OrderShell } from '@/components/order-shell';
import { StoreHeader } from '@/components/store-header';
import { getServices } from '@/lib/server/services';

export default async function OrderStatusPage() {
  const nonce = (await headers()).get('x-nonce') ?? '';
  const { RETAILER_NAME, RETAILER_LOGO_URL, SUPPORT_URL } = getServices().env;
  return (
    <OrderShell nonce={nonce} supportUrl={SUPPORT_URL}>
      <StoreHeader name={RETAILER_NAME} logoUrl={RETAILER_LOGO_URL} supportUrl={SUPPORT_URL} />
    </OrderShell>
  );
}
