import * as shellCopy from '@/lib/order/copy/en-US/shell';
import { TapToView } from './tap-to-view';
import { EarlyRequest } from './early-request';
import { OrderStatus } from './order-status';
import { Skeleton } from './skeleton';
import { SupportLink } from '@/components/ui/support-link';

type Props = {
  nonce: string;
  supportUrl: string | undefined;
  quickReplies: readonly string[];
  /** A messenger's link preview, which may run scripts, must not request the order. */
  isPreview: boolean;
  /** The store header. */
  children?: React.ReactNode;
};

/** The same HTML for every order: the fragment names the order, and browsers do not send it to servers. */
export function OrderShell({ nonce, isPreview, children, ...store }: Props) {
  return (
    <div className="page-frame">
      {!isPreview && <EarlyRequest nonce={nonce} />}
      {children}
      <noscript>
        <div className="p-6 text-center">
          <p>{shellCopy.noScript}</p>
          <SupportLink url={store.supportUrl} />
        </div>
      </noscript>
      <main className="script-only flex min-h-0 flex-1 flex-col">
        <OrderStatus
          tapToView={isPreview ? <TapToView /> : undefined}
          skeleton={<Skeleton />}
          {...store}
        />
      </main>
    </div>
  );
}
