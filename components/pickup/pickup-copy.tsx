import { useCopy } from '@/lib/client/copy/order-copy';
import { PickupCopyContext, usePickupCatalogue } from '@/lib/client/copy/pickup-copy';

export type CopyProps = {
  /** Shown until the copy has loaded. */
  fallback: React.ReactNode;
};

/** Provides the copy of the pickup in the page's language. */
export function PickupCopy({ fallback, children }: CopyProps & { children: React.ReactNode }) {
  const copy = usePickupCatalogue(useCopy().locale);
  return copy ? <PickupCopyContext value={copy}>{children}</PickupCopyContext> : fallback;
}
