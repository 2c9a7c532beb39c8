// Makes text of strangers safe to lay out; what it says is left alone.

const MAX_LENGTH = 20_000;
// Cut first: a mebibyte of marks takes normal form a second.
const MAX_RAW_LENGTH = 2 * MAX_LENGTH;
// Mandatory breaks of UAX #14, and CRLF as one: VT, FF, NEL, LINE and PARAGRAPH SEPARATOR.
const LINE_BREAK = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
// C0 and C1 controls except line feed, bidi embeddings and overrides (Trojan Source), bidi isolates.
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu;
// With the u flag a pair is one code point, so only lone surrogates match. Firefox 111 has no toWellFormed.
const LONE_SURROGATE = /\p{Surrogate}/gu;
const EXCESS_MARKS = beyond(8);
// Normal form sorts the marks of a stack, in quadratic time.
const UNSORTABLE_MARKS = beyond(12);
// Spaces, what Unicode says to draw as nothing (zero-width, Hangul fillers, tags, variation selectors), and what
// fonts draw as nothing all the same: blank Braille, object replacement and annotation marks, blank notes and glyphs.
const BLANK =
  /^[\s\p{DI}\p{Cc}\p{Noncharacter_Code_Point}\u2800\ufff9-\ufffc\u{1d159}\u{13441}\u{13442}\u{16fe4}]*$/u;

/**
 * Strips control characters and bidi overrides, caps stacks of combining marks at 8, repairs lone
 * surrogates and cuts at 20,000 UTF-16 units with an ellipsis. Line breaks become "\n", two in a
 * row at most. Empty where nothing in it can be seen.
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
 * A message as the customer means it: without control characters and bidi overrides, lone surrogates
 * repaired, line breaks as "\n", trimmed. Nothing that can be seen is left out or cut.
 */
export function cleanDraft(text: string): string {
  return stripUnsafe(text).trim();
}

/** Whether nothing in the text can be seen. */
export function isBlank(text: string): boolean {
  return BLANK.test(text);
}

// Invisible joiners do not end a stack: what follows them is drawn on the same letter.
function beyond(maxMarks: number): RegExp {
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

/** At most `maxLength` UTF-16 units of `text`, without half of a pair at the end. */
export function cutText(text: string, maxLength: number): string {
  return text.length > maxLength ? text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '') : text;
}
