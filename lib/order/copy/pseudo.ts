// Pseudo-locales: English, changed so that a test shows texts that are cut or in the wrong direction.

const ACCENTS: Record<string, string> = {
  a: 'àà',
  e: 'éé',
  i: 'îî',
  o: 'öö',
  u: 'ûû',
  n: 'ñ',
  c: 'ç',
};
/** Right-to-left override, and its end. */
const MIRRORED = ['\u202e', '\u202c'];
/** A word; the characters that mark the place of a name stay outside. */
const WORD = /[^\s\ufffc\u2068\u2069]+/g;

/** With accents and about 40 % longer. */
export function lengthen(text: string): string {
  return text.replace(/[aeiounc]/g, (letter) => ACCENTS[letter] ?? letter);
}

/** Each word is drawn from right to left. */
export function mirror(text: string): string {
  return text.replace(WORD, (word) => MIRRORED.join(word));
}

/** Changes every text of a catalogue, also those that its functions return. */
export function changeTexts<T extends object>(copy: T, change: (text: string) => string): T {
  const changed = Object.entries(copy).map(([name, value]) => [name, changeText(value, change)]);
  return { ...copy, ...Object.fromEntries(changed) };
}

function changeText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => changeText(item, change));
  if (typeof value === 'function')
    return (...values: unknown[]) => changeText(Reflect.apply(value, undefined, values), change);
  return typeof value === 'object' && value !== null ? changeTexts(value, change) : value;
}
