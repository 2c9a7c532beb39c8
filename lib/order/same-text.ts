const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;
const NAMED_ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);
// White space, its tags and entities, and invisible characters.
const SPACE = /<br ?\/?>|&(?:e[mn]sp|thinsp|zwn?j|shy|[lr]rm);|[\s\p{DI}]+/giu;
// Other named entities match any one character: a table of all their names is too large for the page.
const CHARACTER = /&[a-z][a-z\d]{1,30};|[^]/giu;
// A character that an unknown entity may encode.
const MAY_BE_ENTITY = /^[^a-z\d]$/iu;
// Several systems may escape a text one after another.
const MAX_ESCAPES = 3;

/**
 * Whether two messages differ only in white space, HTML entities or typographic punctuation, because Connect may
 * return a message in another form than it was sent. Takes results of `cleanText`.
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

/** Returns a key that is equal for all forms of a text. Some different texts have equal keys too. */
export function toComparable(cleaned: string): string {
  return toPlain(cleaned).replace(CHARACTER, (character) =>
    isEntity(character) || MAY_BE_ENTITY.test(character) ? '&' : character,
  );
}

/** An unknown entity equals any one character that is neither an ASCII letter nor a digit. */
function isSameCharacter(one: string, other: string): boolean {
  if (one === other) return true;
  return isEntity(one) ? MAY_BE_ENTITY.test(other) : isEntity(other) && MAY_BE_ENTITY.test(one);
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
  if (code === undefined) return NAMED_ENTITIES.get(name.toLowerCase()) ?? entity;
  return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
}
