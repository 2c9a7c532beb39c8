import type { PageSettings } from '@/lib/order/page-settings';
import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';
import type { ShellCopy } from '@/lib/order/copy/en-US/shell';
import { TapToView } from './tap-to-view';
import { EarlyRequest } from './early-request';
import { OrderStatus } from './order-status';
import { Skeleton } from './skeleton';
import { SupportLink } from '@/components/ui/support-link';

type Props = {
  nonce: string;
  settings: PageSettings;
  copy: OrderCopy;
  shellCopy: ShellCopy;
  copyScript: string | undefined;
  /** True for a messenger's link preview. It may run scripts, but must not request the order. */
  isPreview: boolean;
  /** The header with the logo of the store. */
  children?: React.ReactNode;
};

/** Renders the same HTML for every order: the URL fragment names the order, and browsers do not send fragments. */
export function OrderShell(props: Props) {
  const { nonce, isPreview, settings, copy, shellCopy, copyScript, children } = props;
  return (
    <div className="page-frame">
      {!isPreview && <EarlyRequest nonce={nonce} copy={copy} copyScript={copyScript} />}
      {children}
      <noscript>
        <div className="p-6 text-center">
          <p>{shellCopy.noScript}</p>
          <SupportLink url={settings.supportUrl} text={copy.support} />
        </div>
      </noscript>
      <main className="script-only flex min-h-0 flex-1 flex-col">
        <OrderStatus
          tapToView={isPreview ? <TapToView copy={copy} shellCopy={shellCopy} /> : undefined}
          skeleton={<Skeleton copy={copy} />}
          settings={settings}
        />
      </main>
    </div>
  );
}
