/** The page of a short link, which is the same as the page of a long link. */
export { default } from '@/app/order/page';
