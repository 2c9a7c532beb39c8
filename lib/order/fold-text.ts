import { cutText } from './clean-text';
import type { TextPart } from './linkify';

// Shortens a long message. Works on its parts, so that no link leads to half of an address.

/** In UTF-16 units. */
const FOLD_AT = 2_000;
const FOLD_AT_LINES = 40;
/** A word at the fold is left out as a whole if it begins at most this many UTF-16 units before. */
const NEARBY = 100;

export function isLong(body: string): boolean {
  return body.length > FOLD_AT || findLineEnd(body, FOLD_AT_LINES) < body.length;
}

/** The parts up to the fold. The fold is between words where white space is near, else between characters. */
export function foldParts(parts: readonly TextPart[]): TextPart[] {
  const folded: TextPart[] = [];
  let left = FOLD_AT;
  let linesLeft = FOLD_AT_LINES;
  for (const part of parts) {
    const lineEnd = part.kind === 'text' ? findLineEnd(part.text, linesLeft) : Infinity;
    if (part.text.length <= left && lineEnd >= part.text.length) {
      folded.push(part);
    } else {
      // An address is left out as a whole, unless it is most of the message.
      if (part.kind === 'text' || left > FOLD_AT / 2)
        folded.push({ kind: 'text', text: cutBetweenWords(part.text, Math.min(left, lineEnd)) });
      break;
    }
    left -= part.text.length;
    if (part.kind === 'text') linesLeft -= part.text.split('\n').length - 1;
  }
  const last = folded.pop();
  if (last?.kind === 'text') folded.push({ kind: 'text', text: `${last.text.trimEnd()}…` });
  else if (last) folded.push(last, { kind: 'text', text: '…' });
  return folded;
}

/** The end of line number `lines`: the index of its line break, or the length of `text`. */
function findLineEnd(text: string, lines: number): number {
  let end = -1;
  for (let line = 0; line < lines; line++) {
    end = text.indexOf('\n', end + 1);
    if (end < 0) return text.length;
  }
  return end;
}

function cutBetweenWords(text: string, maxLength: number): string {
  if (text.length <= maxLength || /\s/.test(text.charAt(maxLength)))
    return text.slice(0, maxLength);
  const near = text.slice(Math.max(0, maxLength - NEARBY), maxLength);
  const space = near.search(/\s\S*$/);
  if (space >= 0) return text.slice(0, maxLength - near.length + space);
  return cutText(text, findBoundary(text, maxLength));
}

/** The last boundary between two user-perceived characters at or before `index`. */
function findBoundary(text: string, index: number): number {
  // Not Intl.Segmenter, which Firefox supports only since version 125.
  let boundary = index;
  while (boundary > index - NEARBY && boundary > 0 && isWithinCharacter(text, boundary)) boundary--;
  return boundary;
}

function isWithinCharacter(text: string, index: number): boolean {
  const [before = '', after = ''] = [text.charAt(index - 1), text.slice(index, index + 2)];
  return before === '\u200d' || /^[\p{M}\p{EMod}\p{RI}\u200d\udc00-\udfff]/u.test(after);
}
