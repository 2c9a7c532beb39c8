import { copy as american, type OrderCopy } from '@/lib/order/copy/en-US/order-page';

export const copy: OrderCopy = {
  ...american,
  locale: 'en-CA',
  status: {
    ...american.status,
    headlines: { ...american.status.headlines, cancelled: 'Your order was cancelled' },
  },
  chat: {
    ...american.chat,
    expiredHint:
      'To protect your privacy, messages are removed 24 hours after an order is delivered or cancelled. Your order’s updates are still here.',
  },
};
