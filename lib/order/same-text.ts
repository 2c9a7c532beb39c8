const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;
const NAMED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);
// White space, tags and entities that stand for it, and characters that are not drawn.
const SPACE = /<br ?\/?>|&(?:e[mn]sp|thinsp|zwn?j|shy|[lr]rm);|[\s\p{DI}]+/giu;
// The names of entities beyond NAMED are not looked up: a table of them is too large for the page.
const CHARACTER = /&[a-z][a-z\d]{1,30};|[^]/giu;
const NAMEABLE = /^[^a-z\d]$/iu;
// A text may be escaped by several systems on its way.
const MAX_ESCAPES = 3;

/**
 * Whether two messages differ in white space, HTML entities or typographic punctuation alone: a chat may return a
 * message in another form than it was sent. Takes texts as `cleanText` gives them.
 */
export function isSameText(one: string, other: string): boolean {
  if (one === other) return true;
  const [plain, otherPlain] = [toPlain(one), toPlain(other)];
  if (plain === otherPlain) return true;
  const characters = plain.match(CHARACTER) ?? [];
  const others = otherPlain.match(CHARACTER) ?? [];
  return (
    characters.length === others.length &&
    characters.every((character, at) => isSameCharacter(character, others[at] ?? ''))
  );
}

/** A key that is equal for the same text in each of its forms, and for some other texts too. */
export function toComparable(cleaned: string): string {
  return toPlain(cleaned).replace(CHARACTER, (character) =>
    isEntity(character) || NAMEABLE.test(character) ? '&' : character,
  );
}

/** An unknown entity equals any one character that is neither an ASCII letter nor a digit. */
function isSameCharacter(one: string, other: string): boolean {
  if (one === other) return true;
  return isEntity(one) ? NAMEABLE.test(other) : isEntity(other) && NAMEABLE.test(one);
}

function isEntity(character: string): boolean {
  return character.length > 2;
}

function toPlain(cleaned: string): string {
  let plain = cleaned;
  for (let escapes = 0; escapes < MAX_ESCAPES && plain.includes('&'); escapes++)
    plain = plain.replace(ENTITY, decode);
  return plain
    .replace(SPACE, '')
    .replace(/[‘’‚‛′]/g, "'")
    .replace(/[“”„‟″]/g, '"')
    .replace(/[‐-―−]|--+/g, '-')
    .replace(/\.{3}/g, '…');
}

function decode(entity: string, decimal?: string, hex?: string, name = ''): string {
  const code = decimal ? Number(decimal) : hex ? parseInt(hex, 16) : undefined;
  if (code === undefined) return NAMED.get(name.toLowerCase()) ?? entity;
  return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
}
