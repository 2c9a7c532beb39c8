import { findHtmlErrors } from '@/tests/e2e/support/find-html-errors';
import { expect, test } from '@/tests/e2e/support/site-test';

// The pages as they are in the browser, after rendering, are valid by the HTML standard.

for (const path of ['/order', '/embed', '/s'])
  for (const [order, text] of [
    ['shopping', 'You’re the best.'],
    ['expired', 'This chat has expired'],
    ['hostile', '<script>document.title="owned"</script>'],
  ] as const)
    test(`${path} with the order ${order} is valid HTML`, async ({ page, site }) => {
      await page.goto(`${site.url}${path}#${await site.token(order)}`);
      await expect(page.getByText(text).first()).toBeVisible();
      expect(await findHtmlErrors(await page.content())).toEqual([]);
    });
