import { pickupCopy as english } from '@/lib/order/copy/en-US/pickup';
import { changeTexts, lengthen } from '@/lib/order/copy/pseudo';

export const pickupCopy = changeTexts(english, lengthen);
