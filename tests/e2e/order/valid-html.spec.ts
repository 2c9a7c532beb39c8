import { HtmlValidate } from 'html-validate';
import { plainRequest } from '@/tests/support/plain-request';
import { expect, test } from '@/tests/e2e/support/site-test';

// Validates the HTML that the server sends and the DOM in the browser.

const validator = new HtmlValidate({ root: true, extends: ['html-validate:standard'] });

async function findErrors(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ line, message }) => `line ${line}: ${message}`),
  );
}

test('the validator reports a style element in a div', async () => {
  const html = '<!DOCTYPE html><html lang="en"><title>a</title><div><style></style></div></html>';
  expect(await findErrors(html)).toHaveLength(1);
});

for (const path of ['/order', '/embed', '/embed/check', '/s', '/nowhere'])
  test(`${path} is sent as valid HTML`, async ({ site }) => {
    const { body } = await plainRequest(`${site.url}${path}`);
    expect(body).toContain('</html>');
    expect(await findErrors(body)).toEqual([]);
  });

for (const path of ['/order', '/embed', '/s'])
  for (const [order, text] of [
    ['shopping', 'You’re the best.'],
    ['expired', 'This chat has expired'],
    ['hostile', '<script>document.title="owned"</script>'],
  ] as const)
    test(
      `${path} with the order ${order} is valid HTML`,
      { tag: '@slow' },
      async ({ page, site }) => {
        await page.goto(`${site.url}${path}#${await site.token(order)}`);
        await expect(page.getByText(text).first()).toBeVisible();
        expect(await findErrors(await page.content())).toEqual([]);
      },
    );
