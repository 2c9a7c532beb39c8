import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from '@/tests/e2e/support/site-test';
import { openers } from '@/tests/e2e/support/states';
import { composeIndex, toFileName, type Size } from './gallery-index';

// npm run gallery: screenshots of every state of the page, to look at.

const folder = 'gallery';
const sizes: Size[] = [
  { name: 'phone', width: 390, height: 664 },
  { name: 'desktop', width: 1280, height: 800 },
];
const colorSchemes = ['light', 'dark'] as const;

/** States that exist on a narrow page only. */
const narrowStates = ['updates section'];

// Pictures are made also of states that cause errors.
test.use({ allowedNoise: /./ });

test('index', () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/index.html`, composeIndex(Object.keys(openers), sizes, colorSchemes));
});

for (const [state, open] of Object.entries(openers))
  for (const size of sizes.filter(({ width }) => width < 720 || !narrowStates.includes(state)))
    test(`${state}, ${size.name}`, async ({ page, site }) => {
      await page.setViewportSize(size);
      await open(page, site);
      for (const colorScheme of colorSchemes) {
        await page.emulateMedia({ colorScheme });
        const path = `${folder}/${toFileName(state, size.name, colorScheme)}`;
        await page.screenshot({ path, animations: 'disabled' });
      }
    });
