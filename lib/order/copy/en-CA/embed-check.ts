export { checkCopy } from '@/lib/order/copy/en-US/embed-check';
