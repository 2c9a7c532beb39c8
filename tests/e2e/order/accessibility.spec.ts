import { PSEUDO_LOCALES } from '@/lib/order/copy/locales';
import { findTextFaults } from '@/tests/e2e/support/find-text-faults';
import { switchLocale } from '@/tests/e2e/support/switch-locale';
import { findAxeViolations } from '@/tests/e2e/support/find-axe-violations';
import { expect, test } from '@/tests/e2e/support/site-test';
import { openers, refusals } from '@/tests/e2e/support/states';

test.use({
  allowedNoise: refusals,
  siteEnv: { LOCALES: ['en-US', ...PSEUDO_LOCALES].join(' ') },
});

const everyday = ['shopping', 'delivered', 'no link'];

const colorSchemes = ['light', 'dark'] as const;

const WIDTHS = [320, 390];
/** The server renders the one in the language of the browser, and the other cannot load a catalogue. */
const UNSWITCHED_STATES = ['unknown page', 'offline'];

// Four runs of axe per state take twice as long as two. States alternate, so the parts that they share are tested in each
// combination of scheme and width.
for (const [index, [state, open]] of Object.entries(openers).entries()) {
  const tag = everyday.includes(state) ? [] : '@slow';
  const narrowScheme = index % 2 === 0 ? 'light' : 'dark';
  test(
    `state ${state} has no axe violation, ${narrowScheme} on a narrow page, and whole texts in the pseudo-locales`,
    { tag },
    async ({ page, site }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await open(page, site);
      for (const colorScheme of colorSchemes) {
        const width = colorScheme === narrowScheme ? 390 : 1280;
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 844 });
        const barriers = await findAxeViolations(page);
        expect(barriers, `${colorScheme}, ${width} px`).toEqual([]);
      }
      // Longer and mirrored texts show what a translation would cut, in the same visit.
      for (const locale of UNSWITCHED_STATES.includes(state) ? [] : PSEUDO_LOCALES) {
        await switchLocale(page, locale);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 664 });
          expect.soft(await findTextFaults(page), `${locale}, ${width} px`).toEqual([]);
        }
      }
    },
  );
}
