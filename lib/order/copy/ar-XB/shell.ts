import { shellCopy as english } from '@/lib/order/copy/en-US/shell';
import { changeTexts, mirror } from '@/lib/order/copy/pseudo';

export const shellCopy = changeTexts(english, mirror);
