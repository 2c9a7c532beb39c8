import { PSEUDO_LOCALES } from '@/lib/order/copy/locales';
import { findTextFaults } from '@/tests/e2e/support/find-text-faults';
import { openers } from '@/tests/e2e/support/states';
import { switchLocale } from '@/tests/e2e/support/switch-locale';
import { expect, test } from '@/tests/e2e/support/site-test';

// Pseudo-locales show texts that have no room or the wrong direction, before a translator meets them.

const WIDTHS = [320, 390];

/** States that the server renders, in the language of the browser. */
const serverStates = ['unknown page', 'no link'];

// States are opened that cause errors.
test.use({ allowedNoise: /./, siteEnv: { LOCALES: `en-US ${PSEUDO_LOCALES.join(' ')}` } });

for (const [state, open] of Object.entries(openers))
  if (!serverStates.includes(state))
    test(`state ${state} shows whole texts in the pseudo-locales at ${WIDTHS.join(' and ')} px`, async ({
      page,
      site,
    }) => {
      await page.setViewportSize({ width: 390, height: 664 });
      await open(page, site);
      for (const locale of PSEUDO_LOCALES) {
        await switchLocale(page, locale);
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 664 });
          expect.soft(await findTextFaults(page), `${locale}, ${width} px`).toEqual([]);
        }
      }
    });
