import { copy as english, type OrderCopy } from '@/lib/order/copy/en-US/order-page';
import { changeTexts, mirror } from '@/lib/order/copy/pseudo';

export const copy: OrderCopy = {
  ...changeTexts(english, mirror),
  locale: 'ar-XB',
  direction: 'rtl',
};
