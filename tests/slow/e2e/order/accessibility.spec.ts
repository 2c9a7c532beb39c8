import { expectNoBarriers } from '@/tests/e2e/support/expect-no-barriers';
import { test } from '@/tests/e2e/support/site-test';
import { mainStates, openers, refusals } from '@/tests/e2e/support/states';

test.use({ allowedNoise: refusals });

for (const [state, open] of Object.entries(openers)) {
  if (mainStates.includes(state)) continue;
  test(`${state}: no barriers, light and dark, narrow and wide`, async ({ page, site }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open(page, site);
    await expectNoBarriers(page);
  });
}
