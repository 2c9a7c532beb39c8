import { findAxeViolations } from '@/tests/e2e/support/find-axe-violations';
import { expect, test } from '@/tests/e2e/support/site-test';
import { openers, refusals } from '@/tests/e2e/support/states';

test.use({ allowedNoise: refusals });

const everyday = ['shopping', 'delivered', 'no link'];

for (const [state, open] of Object.entries(openers)) {
  const tag = everyday.includes(state) ? [] : '@slow';
  test(
    `state ${state} has no axe violation, light and dark, narrow and wide`,
    { tag },
    async ({ page, site }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await open(page, site);
      for (const colorScheme of ['light', 'dark'] as const) {
        for (const width of [390, 1280]) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          await page.setViewportSize({ width, height: 844 });
          const barriers = await findAxeViolations(page);
          expect(barriers, `${colorScheme}, ${width} px`).toEqual([]);
        }
      }
    },
  );
}
