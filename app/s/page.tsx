/** A short link opens the same page as a long link. */
export { default } from '@/app/order/page';
