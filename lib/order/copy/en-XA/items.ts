import * as english from '@/lib/order/copy/en-US/items';
import { changeTexts, lengthen } from '@/lib/order/copy/pseudo';

export const itemCopy = changeTexts(english.itemCopy, lengthen);
export const decisionCopy = changeTexts(english.decisionCopy, lengthen);
