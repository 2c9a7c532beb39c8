/** A short link's page: the same as the long one's, which tells them apart by nothing. */
export { default } from '@/app/order/page';
