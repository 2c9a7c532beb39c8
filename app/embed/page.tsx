import { headers } from 'next/headers';
import { OrderShell } from '@/components/order-shell';
import { getServices } from '@/lib/server/services';

/** For an iframe on the store's own site, which says already whose page it is. */
export default async function EmbeddedOrderStatusPage() {
  const nonce = (await headers()).get('x-nonce') ?? '';
  return <OrderShell nonce={nonce} supportUrl={getServices().env.SUPPORT_URL} />;
}
