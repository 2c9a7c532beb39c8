import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from '@/tests/e2e/support/site-test';
import { openers, toFramed } from '@/tests/e2e/support/states';
import { LOCALES } from '@/lib/order/copy/locales';
import { switchLocale } from '@/tests/e2e/support/switch-locale';
import { composeIndex, toFileName, type Size } from './gallery-index';

// npm run gallery: screenshots of every state of the page, to look at.

const folder = 'gallery';
/** Screens of phones with the bars of their browsers, a tablet, a computer, and frames in host pages. */
const sizes: Size[] = [
  { name: 'phone', width: 390, height: 664 },
  { name: 'phone-360', width: 360, height: 640 },
  { name: 'phone-375', width: 375, height: 548 },
  { name: 'landscape', width: 844, height: 390 },
  { name: 'tablet', width: 768, height: 1024 },
  { name: 'desktop', width: 1280, height: 800 },
  { name: 'frame-280', width: 280, height: 560, isFrame: true },
  { name: 'frame-390', width: 390, height: 560, isFrame: true },
  { name: 'frame-480', width: 480, height: 360, isFrame: true },
  { name: 'frame-760', width: 760, height: 560, isFrame: true },
];
const colorSchemes = ['light', 'dark'] as const;

/** The other languages on a phone and a computer. */
const translated: Size[] = sizes
  .filter(({ name }) => name === 'phone' || name === 'desktop')
  .flatMap((size) =>
    LOCALES.slice(1).map((locale) => ({ ...size, name: `${size.name}-${locale}`, locale })),
  );

/** States that exist on a narrow page only. */
const narrowStates = ['updates section'];
/** States that are opened without a link, so at the address of the whole page. */
const wholePageStates = ['no link', 'garbage for a link', 'unknown page'];

function listSizes(state: string): Size[] {
  return [...sizes, ...translated].filter(
    ({ width, isFrame, locale }) =>
      (width < 720 || !narrowStates.includes(state)) &&
      !(isFrame && wholePageStates.includes(state)) &&
      // Without a connection the page cannot load another catalogue.
      !(locale && state === 'offline'),
  );
}

// Pictures are made also of states that cause errors.
test.use({ allowedNoise: /./ });

test('index', () => {
  mkdirSync(folder, { recursive: true });
  const pictures = Object.keys(openers).map((state) => ({ state, sizes: listSizes(state) }));
  writeFileSync(`${folder}/index.html`, composeIndex(pictures, colorSchemes));
});

for (const [state, open] of Object.entries(openers))
  for (const size of listSizes(state))
    test(`${state}, ${size.name}`, async ({ page, site }) => {
      await page.setViewportSize(size);
      await open(page, size.isFrame ? toFramed(site) : site);
      if (size.locale && state === 'unknown page')
        await page.goto(`${page.url()}?locale=${size.locale}`);
      else if (size.locale) await switchLocale(page, size.locale);
      for (const colorScheme of colorSchemes) {
        await page.emulateMedia({ colorScheme });
        const path = `${folder}/${toFileName(state, size.name, colorScheme)}`;
        await page.screenshot({ path, animations: 'disabled' });
      }
    });
