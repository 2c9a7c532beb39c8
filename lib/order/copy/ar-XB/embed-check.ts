import { checkCopy as english } from '@/lib/order/copy/en-US/embed-check';
import { changeTexts, mirror } from '@/lib/order/copy/pseudo';

export const checkCopy = changeTexts(english, mirror);
