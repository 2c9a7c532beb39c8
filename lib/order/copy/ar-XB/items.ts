import * as english from '@/lib/order/copy/en-US/items';
import { changeTexts, mirror } from '@/lib/order/copy/pseudo';

export const itemCopy = changeTexts(english.itemCopy, mirror);
export const decisionCopy = changeTexts(english.decisionCopy, mirror);
