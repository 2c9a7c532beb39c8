import { findTextFaults } from '@/tests/e2e/support/find-text-faults';
import { expect, test } from '@/tests/e2e/support/site-test';

// The check that accessibility.spec.ts makes in the pseudo-locales must find each kind of fault.

const box = (style: string, text: string) => `<p style="margin:0;${style}">${text}</p>`;
const ONE_LINE = 'white-space:nowrap;width:80px;font:16px/20px sans-serif;';
const LONG = 'A sentence that is too long';

test('texts that are cut, outside the page or over each other are found, and no others', async ({
  page,
}) => {
  for (const [fault, html] of [
    ['cut', box(`${ONE_LINE}overflow:hidden`, LONG)],
    ['cut', box('font:16px/20px sans-serif;height:12px;overflow:hidden', 'Low')],
    ['outside', box('position:absolute;left:-20px', LONG)],
    ['outside', box('white-space:nowrap;width:10px', LONG.repeat(20))],
    ['overlap', box('height:4px;line-height:20px', 'Above') + box('line-height:20px', 'Below')],
    ['', box(`${ONE_LINE}overflow:hidden;text-overflow:ellipsis`, LONG)],
    ['', box(`${ONE_LINE}overflow-x:auto`, LONG)],
    ['', box('width:80px', LONG) + box('', 'Below')],
  ] as const) {
    await page.setContent(`<body style="margin:0">${html}`);
    const kinds = (await findTextFaults(page)).map((text) => text.replace(/:.*/, ''));
    expect([...new Set(kinds)], html).toEqual(fault ? [fault] : []);
  }
});
