const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;
const NAMED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);
// White space, tags that stand for it, and what is not drawn.
const SPACE = /<br ?\/?>|[\s\p{DI}]+/giu;
// A text may be escaped by several systems on its way.
const MAX_ESCAPES = 3;

/**
 * A form of a message that is equal for copies which differ in white space or HTML entities alone: a chat may
 * return a message in another form than it was sent. Takes text as `cleanText` gives it.
 */
export function toComparable(cleaned: string): string {
  let plain = cleaned;
  for (let escapes = 0; escapes < MAX_ESCAPES && plain.includes('&'); escapes++)
    plain = plain.replace(ENTITY, decode);
  return plain.replace(SPACE, '');
}

function decode(entity: string, decimal?: string, hex?: string, name = ''): string {
  const code = decimal ? Number(decimal) : hex ? parseInt(hex, 16) : undefined;
  if (code === undefined) return NAMED.get(name.toLowerCase()) ?? entity;
  return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
}
