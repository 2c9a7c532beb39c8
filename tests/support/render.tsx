import { cleanup, render as renderBare } from '@testing-library/react';
import { afterEach } from 'vitest';
import { ItemsCopyContext, preloadItemsCopy } from '@/lib/client/copy/items-copy';
import { OrderCopyContext, preload } from '@/lib/client/copy/order-copy';
import { PickupCopyContext, preloadPickupCopy } from '@/lib/client/copy/pickup-copy';
import * as itemsCopy from '@/lib/order/copy/en-US/items';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { pickupCopy } from '@/lib/order/copy/en-US/pickup';

export { act, createEvent, fireEvent, screen, waitFor, within } from '@testing-library/react';
export { default as userEvent } from '@testing-library/user-event';

afterEach(cleanup);
// A page that loads its own copy shows it in its first rendering.
await Promise.all([
  preload(copy.locale),
  preloadItemsCopy(copy.locale),
  preloadPickupCopy(copy.locale),
]);

function EnglishCopy({ children }: { children: React.ReactNode }) {
  return (
    <OrderCopyContext value={copy}>
      <ItemsCopyContext value={itemsCopy}>
        <PickupCopyContext value={pickupCopy}>{children}</PickupCopyContext>
      </ItemsCopyContext>
    </OrderCopyContext>
  );
}

/** Renders with the English copy, which the pages provide to their parts. */
export function render(ui: React.ReactNode) {
  return renderBare(ui, { wrapper: EnglishCopy });
}
