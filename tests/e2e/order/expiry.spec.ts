import * as shellWords from '@/lib/order/copy/en-US/shell';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { dayMs } from '@/tests/simulator/clock';
import {
  deliveredSteps,
  lookAgain,
  putOrder,
  untilShown,
  watchPolls,
} from '@/tests/e2e/support/orders';
import { expect, test } from '@/tests/e2e/support/site-test';

test.describe('when the day after delivery is over', () => {
  test('a banner says why the chat is gone, the updates stay, and the polling ends', async ({
    page,
    site,
  }) => {
    const order = putOrder(site, deliveredSteps);
    const polls = watchPolls(page);
    await page.goto(await site.link(order.orderId));
    await expect(page.getByText('Hi John, I’m Zelma.')).toBeVisible();
    await page.clock.install();
    order.advance(dayMs);
    await untilShown(page, copy.chat.expired);
    await expect(page.getByText(copy.chat.expiredHint)).toBeVisible();
    await expect(page.getByText('Hi John, I’m Zelma.')).toHaveCount(0);
    await expect(page.getByRole('region', { name: 'Message thread' })).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('was delivered');
    await expect(page.getByRole('status').filter({ hasText: copy.announce.expired })).toHaveCount(
      1,
    );
    const chat = page.getByRole('region', { name: /^Messages/ });
    await expect(chat.getByRole('link', { name: shellWords.support })).toHaveAttribute(
      'href',
      'https://www.example.com/help',
    );
    const pollsThen = polls.length;
    await page.clock.fastForward('12:00:00');
    await lookAgain(page);
    await page.reload();
    await expect(page.getByText(copy.chat.expired)).toBeVisible();
    expect(polls).toHaveLength(pollsThen + 1);
  });
});
