// Makes untrusted text safe to lay out without changing its meaning.

const MAX_LENGTH = 20_000;
// Bounds the CPU time: normalising a mebibyte of combining marks takes a second.
const MAX_RAW_LENGTH = 2 * MAX_LENGTH;
// Mandatory breaks of UAX #14: VT, FF, NEL, LINE and PARAGRAPH SEPARATOR. CRLF is one break.
const LINE_BREAK = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
// C0 and C1 controls except line feed, bidi embeddings and overrides (Trojan Source), bidi isolates.
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu;
// With the u flag a pair is one code point, so only lone surrogates match. Firefox 111 lacks toWellFormed.
const LONE_SURROGATE = /\p{Surrogate}/gu;
const EXCESS_MARKS = toStackPattern(8);
// Normalisation sorts the marks of a stack in quadratic time.
const UNSORTABLE_MARKS = toStackPattern(12);
// Spaces, characters that Unicode defines as invisible (zero-width, Hangul fillers, tags, variation selectors), and
// characters that fonts draw blank: blank Braille, object replacement and annotation marks, blank notes and glyphs.
const BLANK =
  /^[\s\p{DI}\p{Cc}\p{Noncharacter_Code_Point}\u2800\ufff9-\ufffc\u{1d159}\u{13441}\u{13442}\u{16fe4}]*$/u;

/**
 * Strips control characters and bidi overrides, caps stacks of combining marks at 8, repairs lone
 * surrogates and cuts at 20,000 UTF-16 units with an ellipsis. Line breaks become "\n", two in a
 * row at most. Returns an empty string if no character is visible.
 */
export function cleanText(text: string): string {
  const start = text.trimStart();
  const raw = cutText(start, MAX_RAW_LENGTH);
  const clean = stripUnsafe(raw)
    .replace(UNSORTABLE_MARKS, '$1')
    .normalize('NFC')
    .replace(EXCESS_MARKS, '$1')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  if (isBlank(clean)) return '';
  const isCut = clean.length > MAX_LENGTH || raw.length < start.length;
  return isCut ? `${cutText(clean, MAX_LENGTH)}…` : clean;
}

/**
 * Prepares a message for sending: removes control characters and bidi overrides, repairs lone surrogates, makes
 * line breaks "\n" and trims. Keeps every visible character.
 */
export function cleanDraft(text: string): string {
  return stripUnsafe(text).trim();
}

/** Whether the text has no visible character. */
export function isBlank(text: string): boolean {
  return BLANK.test(text);
}

// Matches a stack of more than `maxMarks` marks, with the first `maxMarks` as group 1. Invisible joiners do not end a
// stack, because the marks after a joiner are drawn on the same letter.
function toStackPattern(maxMarks: number): RegExp {
  return new RegExp(
    String.raw`((?:\p{M}(?:(?!\p{M})\p{DI})*){${maxMarks}})\p{M}[\p{M}\p{DI}]*`,
    'gu',
  );
}

function stripUnsafe(text: string): string {
  return text
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(LINE_BREAK, '\n')
    .replace(/\t/g, ' ')
    .replace(UNSAFE, '');
}

/** Returns at most `maxLength` UTF-16 units of `text`, and does not split a surrogate pair. */
export function cutText(text: string, maxLength: number): string {
  return text.length > maxLength ? text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '') : text;
}
