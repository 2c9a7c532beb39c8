export { decisionCopy, itemCopy } from '@/lib/order/copy/en-US/items';
