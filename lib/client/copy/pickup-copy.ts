import type { PickupCopy } from '@/lib/order/copy/en-US/pickup';
import { createCopy } from './create-copy';

/** The copy of the pickup. */
export const {
  Context: PickupCopyContext,
  useCatalogue: usePickupCatalogue,
  useCopy: usePickupCopy,
  preload: preloadPickupCopy,
} = createCopy<PickupCopy>(async (locale) => {
  // eslint-disable-next-line no-restricted-syntax -- A script per language.
  const loaded: { pickupCopy: PickupCopy } = await import(`@/lib/order/copy/${locale}/pickup`);
  return loaded.pickupCopy;
});

// The catalogue is requested before the first rendering.
void preloadPickupCopy(globalThis.document?.documentElement.lang);
