import type { Item } from './order-view';

/** Connect's words for a quantity that counts pieces. Not established: whether there are others. */
const PIECES = new Set(['', 'each', 'ea', 'unit', 'units', 'item', 'items', 'piece', 'pieces']);
const MAX_DECIMALS = 3;

/** "6", "1.5 lb" or, in a German browser, "1,5 lb". Empty if the quantity is not known. */
export function formatQuantity({ quantity, unit }: Item, locale: string): string {
  if (quantity === '') return '';
  const number = Number(quantity).toLocaleString(locale, { maximumFractionDigits: MAX_DECIMALS });
  return PIECES.has(unit.toLowerCase()) ? number : `${number}\u00a0${unit}`;
}
