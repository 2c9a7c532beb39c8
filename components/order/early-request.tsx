import { toEarlyRequestScript } from '@/lib/client/order/early-request-script';
import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';
import { HeadInsert } from '@/components/ui/head-insert';

type Props = {
  nonce: string;
  copy: OrderCopy;
  /** Address of the script with `copy`, which the page's own scripts request too late. */
  copyScript: string | undefined;
};

/** Requests the order before the style sheet and the bundle have loaded. A module does not wait for style sheets. */
export function EarlyRequest({ nonce, copy, copyScript }: Props) {
  return (
    <HeadInsert>
      {copyScript && <link rel="preload" as="script" href={copyScript} nonce={nonce} />}
      <script type="module" async nonce={nonce}>
        {toEarlyRequestScript(copy)}
      </script>
    </HeadInsert>
  );
}
