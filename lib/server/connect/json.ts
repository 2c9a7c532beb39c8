import 'server-only';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Problem } from '@/lib/order/problem';

// JSON.parse blocks the event loop for up to 0.3 s on a hostile mebibyte: objects, and above all new sequences of
// property names, take it far longer than text. The limits are several times the needs of a full thread.

const MAX_DEPTH = 64;
const MAX_CONTAINERS = 25_000;
const MAX_VALUES = 70_000;
const MAX_LONG_INTEGERS = 20_000;
const MAX_NEW_NAMES = 10_000;
// Ids are integers without a documented size; a double rounds integers beyond 2^53, so long ones become strings.
const MIN_LONG_DIGITS = 16;
const MAX_LONG_DIGITS = 100;
// UTF-16 units between two turns of the event loop, in which other requests are served.
const SLICE_LENGTH = 131_072;
const LONG_INTEGER = /^-?[1-9]\d*$/;

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;

/**
 * Parses JSON. Integers of 16 to 100 digits become strings. Throws SyntaxError, or Problem upstream_invalid if the
 * structure exceeds the limits. Blocks the event loop for at most one slice, or one JSON.parse, at a time.
 */
export async function parseConnectJson(text: string): Promise<unknown> {
  const prepared = await prepareJson(text);
  if (text.length > SLICE_LENGTH) await nextTurn();
  return JSON.parse(prepared);
}

/** Returns the text with its long integers quoted, in linear time. JSON.parse checks the syntax. */
async function prepareJson(text: string): Promise<string> {
  const slices: string[] = [];
  let pieces: string[] = [];
  let longCount = 0;
  const shapes = createShapeCounter();
  let copiedTo = 0;
  let depth = 0;
  let containerCount = 0;
  let valueCount = 0;
  let nameStart = 0;
  let nameEnd = 0;
  let sliceEnd = SLICE_LENGTH;
  for (let index = 0; index < text.length; index++) {
    if (index >= sliceEnd) {
      slices.push(pieces.join(''));
      pieces = [];
      await nextTurn();
      sliceEnd = index + SLICE_LENGTH;
    }
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      nameStart = index + 1;
      nameEnd = findStringEnd(text, nameStart);
      index = nameEnd;
    } else if (code === COLON) {
      shapes.addName(depth, text, nameStart, nameEnd);
    } else if (isOpening(code)) {
      if (++depth > MAX_DEPTH || ++containerCount > MAX_CONTAINERS) throw tooComplex();
      shapes.open(depth);
    } else if (isClosing(code)) {
      if (depth > 0) shapes.close(depth--);
    } else if (code === COMMA) {
      if (++valueCount > MAX_VALUES) throw tooComplex();
    } else if (isNumberPart(code)) {
      const start = index;
      while (isNumberPart(text.charCodeAt(index + 1))) index++;
      if (!isLongInteger(text, start, index + 1)) continue;
      if (++longCount > MAX_LONG_INTEGERS) throw tooComplex();
      pieces.push(text.slice(copiedTo, start), '"', text.slice(start, index + 1), '"');
      copiedTo = index + 1;
    }
  }
  return longCount > 0 ? [...slices, ...pieces, text.slice(copiedTo)].join('') : text;
}

/** Counts the property names of objects with a new sequence of names; sequences are compared by FNV-1a hash. */
function createShapeCounter() {
  const knownHashes = new Set<number>();
  const hashes = new Int32Array(MAX_DEPTH + 1);
  const counts = new Int32Array(MAX_DEPTH + 1);
  let newNameCount = 0;
  return {
    open(depth: number): void {
      hashes[depth] = 0x811c9dc5;
      counts[depth] = 0;
    },
    addName(depth: number, text: string, start: number, end: number): void {
      let hash = hashes[depth] ?? 0;
      for (let index = start; index < end; index++)
        hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
      hashes[depth] = Math.imul(hash ^ QUOTE, 0x01000193);
      counts[depth] = (counts[depth] ?? 0) + 1;
    },
    close(depth: number): void {
      const hash = hashes[depth] ?? 0;
      if (knownHashes.has(hash)) return;
      knownHashes.add(hash);
      newNameCount += counts[depth] ?? 0;
      if (newNameCount > MAX_NEW_NAMES) throw tooComplex();
    },
  };
}

/** The index of the closing quote, or the length of the text where there is none. */
function findStringEnd(text: string, start: number): number {
  for (let end = text.indexOf('"', start); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

function isLongInteger(text: string, start: number, end: number): boolean {
  const digitCount = end - start - (text[start] === '-' ? 1 : 0);
  if (digitCount < MIN_LONG_DIGITS || digitCount > MAX_LONG_DIGITS) return false;
  return LONG_INTEGER.test(text.slice(start, end));
}

function isOpening(code: number): boolean {
  return code === 91 || code === 123;
}

function isClosing(code: number): boolean {
  return code === 93 || code === 125;
}

// Digits, sign, point and exponent. "e" also occurs in "true" and "false", which are too short to matter.
function isNumberPart(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    code === 45 ||
    code === 46 ||
    code === 43 ||
    code === 69 ||
    code === 101
  );
}

function tooComplex(): Problem {
  return new Problem('upstream_invalid');
}
