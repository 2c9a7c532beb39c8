// Makes text of strangers safe to lay out; what it says is left alone.

const MAX_LENGTH = 20_000;
// C0 and C1 controls except line feed, bidi embeddings and overrides (Trojan Source), bidi isolates.
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu;
const EXCESS_MARKS = beyond(8);
// Normal form sorts the marks of a stack, and half a megabyte of them would take it half a minute.
const UNSORTABLE_MARKS = beyond(64);

/**
 * Strips control characters and bidi overrides, caps stacks of combining marks at 8, repairs lone
 * surrogates and cuts at 20,000 UTF-16 units with an ellipsis. Line breaks become "\n", two in a
 * row at most.
 */
export function cleanText(text: string): string {
  const clean = stripUnsafe(text)
    .replace(UNSORTABLE_MARKS, '$1')
    .normalize('NFC')
    .replace(EXCESS_MARKS, '$1')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return clean.length > MAX_LENGTH ? `${cutText(clean, MAX_LENGTH)}…` : clean;
}

/**
 * A message as the customer means it: without control characters and bidi overrides, lone surrogates
 * repaired, line breaks as "\n", trimmed. Nothing that can be seen is left out or cut.
 */
export function cleanDraft(text: string): string {
  return stripUnsafe(text).trim();
}

// Invisible joiners do not end a stack: what follows them is drawn on the same letter.
function beyond(maxMarks: number): RegExp {
  return new RegExp(
    String.raw`((?:\p{M}(?:(?!\p{M})\p{DI})*){${maxMarks}})\p{M}[\p{M}\p{DI}]*`,
    'gu',
  );
}

function stripUnsafe(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(/\t/g, ' ').replace(UNSAFE, '');
}

/** At most `maxLength` UTF-16 units of `text`, without half of a pair at the end. */
export function cutText(text: string, maxLength: number): string {
  return text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '');
}
