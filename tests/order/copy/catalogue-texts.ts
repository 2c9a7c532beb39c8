/** The parts of a catalogue: files in the folder of a locale. */
export const PARTS = ['order-page', 'items', 'pickup', 'embed-check', 'shell'] as const;

/** A text of a catalogue: its place, such as "chat.handover", and the text with "{name}" for each value. */
export type CatalogueText = { place: string; text: string };

type ToText = (...values: unknown[]) => unknown;

/** A number is given as 1 and as 5, so that both forms of a plural are listed. */
const COUNTS = [1, 5];
const COUNT_NAMES = new Set(['n', 'of', 'seconds', 'width', 'height']);
const PARAMETERS = /^\(?([\w, ]*?)\)?\s*=>/;

/** Reads one part of a catalogue as a list of texts, in the order of the file. */
export async function readTexts(locale: string, part: string): Promise<CatalogueText[]> {
  const catalogue: object = await import(`@/lib/order/copy/${locale}/${part}.ts`);
  const texts = listTexts(catalogue, '');
  return texts.filter(({ place }) => !/\.(?:locale|direction)$/.test(place));
}

function listTexts(value: unknown, place: string): CatalogueText[] {
  if (typeof value === 'string') return [{ place, text: value }];
  if (typeof value === 'function') return callTexts(value as ToText, place);
  return Object.entries(value ?? {}).flatMap(([name, member]) =>
    listTexts(member, place === '' ? name : `${place}.${name}`),
  );
}

function callTexts(toText: ToText, place: string): CatalogueText[] {
  const texts = listValues(toText, place).map((values) => String(toText(...values)));
  return [...new Set(texts)].map((text) => ({ place, text }));
}

function listValues(toText: ToText, place: string): unknown[][] {
  if (place.endsWith('withColor'))
    return [
      ['white', 'suv'],
      ['white', 'truck'],
      ['gray', 'other'],
    ];
  const [, list = ''] = PARAMETERS.exec(String(toText)) ?? [];
  const names = list.split(',').map((name) => name.trim());
  return COUNTS.map((count) => names.map((name) => (COUNT_NAMES.has(name) ? count : `{${name}}`)));
}
