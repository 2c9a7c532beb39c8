import { cutText } from './clean-text';
import type { TextPart } from './linkify';

// Shortens a long message. Cuts between its parts, so that no link has an incomplete address.

/** Folded messages show at most this many UTF-16 units. */
const MAX_FOLDED_LENGTH = 2_000;
const MAX_FOLDED_LINES = 40;
/** The fold is moved back by at most this many UTF-16 units, to the space before a word. */
const MAX_LOOKBACK = 100;

export function isLong(body: string): boolean {
  return body.length > MAX_FOLDED_LENGTH || findLineEnd(body, MAX_FOLDED_LINES) < body.length;
}

/** Returns the parts before the fold. The fold is between words if white space is near, else between characters. */
export function foldParts(parts: readonly TextPart[]): TextPart[] {
  const folded: TextPart[] = [];
  let left = MAX_FOLDED_LENGTH;
  let linesLeft = MAX_FOLDED_LINES;
  for (const part of parts) {
    const lineEnd = part.kind === 'text' ? findLineEnd(part.text, linesLeft) : Infinity;
    if (part.text.length <= left && lineEnd >= part.text.length) {
      folded.push(part);
    } else {
      // An address is left out as a whole, unless it is most of the message.
      if (part.kind === 'text' || left > MAX_FOLDED_LENGTH / 2)
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
  const near = text.slice(Math.max(0, maxLength - MAX_LOOKBACK), maxLength);
  const space = near.search(/\s\S*$/);
  if (space >= 0) return text.slice(0, maxLength - near.length + space);
  return cutText(text, findBoundary(text, maxLength));
}

/** The last boundary between two user-perceived characters at or before `index`. */
function findBoundary(text: string, index: number): number {
  // Firefox supports Intl.Segmenter only since version 125.
  let boundary = index;
  while (boundary > index - MAX_LOOKBACK && boundary > 0 && isWithinCharacter(text, boundary))
    boundary--;
  return boundary;
}

function isWithinCharacter(text: string, index: number): boolean {
  const [before = '', after = ''] = [text.charAt(index - 1), text.slice(index, index + 2)];
  return before === '\u200d' || /^[\p{M}\p{EMod}\p{RI}\u200d\udc00-\udfff]/u.test(after);
}
