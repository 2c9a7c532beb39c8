import { expect, test } from 'vitest';
import { LOCALES } from '@/lib/order/copy/locales';
import { PARTS, readTexts } from './catalogue-texts';
import { CONTEXTS } from './contexts';
import { INTRODUCTION } from './introduction';

const TITLES = {
  'order-page': 'The order',
  items: 'Items and replacements',
  pickup: 'Pickup',
  'embed-check': 'Embed check',
  shell: 'Before and without an order',
};
const SHOWN = ['en-US', 'fr-CA', 'es-US'];

function findContext(place: string): string {
  const prefixes = Object.keys(CONTEXTS).filter((prefix) => place.startsWith(prefix));
  const longest = prefixes.reduce((a, b) => (b.length > a.length ? b : a), '');
  return CONTEXTS[longest] ?? '';
}

/** Spaces that do not break are drawn as an open box, so that a reviewer sees them. */
function toCell(text: string): string {
  return text.replaceAll('\u00a0', '⍽').replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

async function toTable(part: (typeof PARTS)[number]): Promise<string> {
  const columns = await Promise.all(SHOWN.map((locale) => readTexts(locale, part)));
  const places = [...new Set(columns.flat().map(({ place }) => place))];
  const rows = places.map((place) => {
    const cells = columns.map((texts) =>
      texts
        .filter((text) => text.place === place)
        .map(({ text }) => toCell(text))
        .join('<br>'),
    );
    const name = place.replace(/^\w+\./, '');
    return `| \`${name}\` | ${findContext(place)} | ${cells.join(' | ')} |`;
  });
  return [
    `## ${TITLES[part]}`,
    '',
    `| text | where | ${SHOWN.join(' | ')} |`,
    `| --- | --- | ${SHOWN.map(() => '---').join(' | ')} |`,
    ...rows,
    '',
  ].join('\n');
}

test('docs/translations.md has every text of the catalogues (its first lines say how to update it)', async () => {
  const tables = await Promise.all(PARTS.map(toTable));
  await expect([INTRODUCTION, ...tables].join('\n')).toMatchFileSnapshot(
    '../../../docs/translations.md',
  );
});

test.each(LOCALES.flatMap((locale) => PARTS.map((part) => [locale, part] as const)))(
  'the catalogue %s, %s, has the texts of the English one with the same values',
  async (locale, part) => {
    const read = async (from: string) => {
      const texts = await readTexts(from, part);
      return [...new Map(texts.map(({ place, text }) => [place, readValues(text)]))];
    };
    expect(new Map(await read(locale))).toEqual(new Map(await read('en-US')));
  },
);

function readValues(text: string): string[] {
  return (text.match(/\{\w+\}|\b[15]\b/g) ?? []).sort();
}

test.each(['fr-CA', 'es-US'])('the texts in %s have typographic marks', async (locale) => {
  const texts = (await Promise.all(PARTS.map((part) => readTexts(locale, part)))).flat();
  const untypographic = texts.filter(({ text }) => /['"]|\.\.\.| [!?;:»]|« /.test(text));
  expect(untypographic).toEqual([]);
});
