import { EARLY_REQUEST_SCRIPT } from '@/lib/client/order/early-request-script';
import { HeadInsert } from '@/components/ui/head-insert';

/** Requests the order before the style sheet and the bundle have loaded. A module does not wait for style sheets. */
export function EarlyRequest({ nonce }: { nonce: string }) {
  return (
    <HeadInsert>
      <script type="module" async nonce={nonce}>
        {EARLY_REQUEST_SCRIPT}
      </script>
    </HeadInsert>
  );
}
