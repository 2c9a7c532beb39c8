import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';
import { createCopy } from './create-copy';

/** The copy of the order page. */
export const {
  Context: OrderCopyContext,
  useCatalogue: useOrderCatalogue,
  useCopy,
  preload,
} = createCopy<OrderCopy>(async (locale) => {
  // eslint-disable-next-line no-restricted-syntax -- A script per language.
  const loaded: { copy: OrderCopy } = await import(`@/lib/order/copy/${locale}/order-page`);
  return loaded.copy;
});

// Most customers read the page in the language of the HTML.
void preload(globalThis.document?.documentElement.lang);
