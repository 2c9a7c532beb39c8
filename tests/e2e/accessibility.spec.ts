import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { expect, test } from './site-test';
import { openers, refusals } from './states';

test.use({ allowedNoise: refusals });

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// By evaluation, as the page's policy lets no foreign script in.
async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const results: AxeResults = await page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] })`,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}

for (const [state, open] of Object.entries(openers)) {
  test(`${state}: no barriers, light and dark, narrow and wide`, async ({ page, site }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, site);
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [390, 1280]) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 844 });
        const violations = await findViolations(page);
        expect(violations, `${colorScheme}, ${width} px`).toEqual([]);
      }
    }
  });
}
