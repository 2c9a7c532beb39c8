import { copy as english, type OrderCopy } from '@/lib/order/copy/en-US/order-page';
import { changeTexts, lengthen } from '@/lib/order/copy/pseudo';

export const copy: OrderCopy = {
  ...changeTexts(english, lengthen),
  locale: 'en-XA',
  direction: 'ltr',
};
