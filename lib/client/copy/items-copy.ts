import type { ItemsCopy } from '@/lib/order/copy/en-US/items';
import { createCopy } from './create-copy';

/** The copy of items and decisions. */
export const {
  Context: ItemsCopyContext,
  useCatalogue: useItemsCatalogue,
  useCopy: useItemsCopy,
  preload: preloadItemsCopy,
} = createCopy<ItemsCopy>(async (locale) => {
  // eslint-disable-next-line no-restricted-syntax -- A script per language.
  const loaded: ItemsCopy = await import(`@/lib/order/copy/${locale}/items`);
  return loaded;
});

// The catalogue is requested before the first rendering.
void preloadItemsCopy(globalThis.document?.documentElement.lang);
