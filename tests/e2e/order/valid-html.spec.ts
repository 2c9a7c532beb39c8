import { plainRequest } from '@/tests/support/plain-request';
import { findHtmlErrors } from '@/tests/e2e/support/find-html-errors';
import { expect, test } from '@/tests/e2e/support/site-test';

// The pages as the server sends them are valid by the HTML standard.

test('the validator finds a style element in a div', async () => {
  const html = '<!DOCTYPE html><html lang="en"><title>a</title><div><style></style></div></html>';
  expect(await findHtmlErrors(html)).toHaveLength(1);
});

for (const path of ['/order', '/embed', '/embed/check', '/s', '/nowhere'])
  test(`${path} is sent as valid HTML`, async ({ site }) => {
    const { body } = await plainRequest(`${site.url}${path}`);
    expect(body).toContain('</html>');
    expect(await findHtmlErrors(body)).toEqual([]);
  });
