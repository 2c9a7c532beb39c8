import { toEarlyRequestScript } from '@/lib/client/order/early-request-script';
import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';
import { HeadInsert } from '@/components/ui/head-insert';

/** Requests the order before the style sheet and the bundle have loaded. A module does not wait for style sheets. */
export function EarlyRequest({ nonce, copy }: { nonce: string; copy: OrderCopy }) {
  return (
    <HeadInsert>
      <script type="module" async nonce={nonce}>
        {toEarlyRequestScript(copy)}
      </script>
    </HeadInsert>
  );
}
