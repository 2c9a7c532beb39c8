import type { CheckCopy } from '@/lib/order/copy/en-US/embed-check';
import { createCopy } from './create-copy';

/** The copy of the embed check. */
export const { useCatalogue: useCheckCatalogue } = createCopy<CheckCopy>(async (locale) => {
  // eslint-disable-next-line no-restricted-syntax -- A script per language.
  const loaded: { checkCopy: CheckCopy } = await import(`@/lib/order/copy/${locale}/embed-check`);
  return loaded.checkCopy;
});
