import { findAxeViolations } from '@/tests/e2e/support/find-axe-violations';
import { expect, test } from '@/tests/e2e/support/site-test';
import { openers, refusals } from '@/tests/e2e/support/states';

test.use({ allowedNoise: refusals });

const everyday = ['shopping', 'delivered', 'no link'];

// Four runs of axe per state take twice as long as two. States alternate between the two pairs, so the parts that states share are
// tested in each combination.
const pairs = [
  { light: 390, dark: 1280 },
  { dark: 390, light: 1280 },
] as const;

for (const [index, [state, open]] of Object.entries(openers).entries()) {
  const tag = everyday.includes(state) ? [] : '@slow';
  const widths = index % 2 === 0 ? pairs[0] : pairs[1];
  const [narrow, wide] = index % 2 === 0 ? ['light', 'dark'] : ['dark', 'light'];
  test(
    `state ${state} has no axe violation, ${narrow} and narrow, ${wide} and wide`,
    { tag },
    async ({ page, site }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await open(page, site);
      for (const colorScheme of ['light', 'dark'] as const) {
        const width = widths[colorScheme];
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 844 });
        const barriers = await findAxeViolations(page);
        expect(barriers, `${colorScheme}, ${width} px`).toEqual([]);
      }
    },
  );
}
