export { shellCopy } from '@/lib/order/copy/en-US/shell';
