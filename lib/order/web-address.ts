import { parseUrl } from './parse-url';

// Finds the end of an https address in running text, without the punctuation of the sentence.

export type WebAddress = {
  /** The address as written. */
  text: string;
  href: string;
  /** The host that the browser opens, if the text spells it differently, for example with look-alike letters. */
  host?: string;
};

/** Scheme and authority: part of a larger pattern with the flags `iu`. */
export const ADDRESS_START = String.raw`(?<![a-z\d])https:\/\/[\p{L}\p{M}\p{N}.@:%_-]{1,255}`;

// Non-ASCII punctuation ends an address, except hyphens, en dashes and the middle dot within a word. Em dashes and
// emoji end it too, because people write them without a space before.
const PATH =
  /(?:[!#$%&'()*+,./0-9:;=?@A-Z[\]_a-z~-]|(?![—―⸺⸻])[\p{Pd}·](?=[\p{L}\p{N}])|(?![\x00-\x7f\p{P}\p{Z}\p{C}\p{Extended_Pictographic}])[^]){0,4000}/uy;
const TRAILING = "?!.,:;'*~";
const OPEN_EMPHASIS = /(?:^|[^\p{L}\p{N}_])_{1,3}(?=[^\s_])[^_\n]*$/u;
const LOOKBEHIND_LENGTH = 200;
const MAX_START_LENGTH = 'https://'.length + 255;
const MAX_PATH_LENGTH = 4_000;

/**
 * Reads the address in `body` whose scheme and authority, `start`, begin at `index`. Undefined if it must not become
 * a link: it has credentials, or a host without a dot. Reads each character a bounded number of times.
 */
export function readWebAddress(body: string, start: string, index: number): WebAddress | undefined {
  const afterStart = index + start.length;
  const hasPath = /[/?#]/.test(body.charAt(afterStart));
  const authority = hasPath ? start : start.slice(0, trimmedLength(start, '.:_-%'));
  if (start.includes('@') || start.length >= MAX_START_LENGTH) return undefined;
  const { protocol, host = '', hostname = '' } = parseUrl(authority) ?? {};
  if (protocol !== 'https:' || !/[^.]\.[^.]/.test(hostname)) return undefined;
  const end = hasPath ? findPathEnd(body, afterStart, index) : index + authority.length;
  if (end === undefined) return undefined;
  const text = body.slice(index, end);
  const written = authority
    .slice('https://'.length)
    .toLowerCase()
    .replace(/:(443)?$/, '');
  return { text, href: new URL(text).href, ...(written !== host && { host }) };
}

/** Returns undefined if the path is too long for a real address. */
function findPathEnd(body: string, pathStart: number, index: number): number | undefined {
  PATH.lastIndex = pathStart;
  const path = PATH.exec(body)?.[0] ?? '';
  if (path.length >= MAX_PATH_LENGTH) return undefined;
  const before = body.slice(Math.max(0, index - LOOKBEHIND_LENGTH), index);
  const quote = before.endsWith("'") ? path.indexOf("'") : -1;
  const balanced = cutUnbalanced(quote < 0 ? path : path.slice(0, quote));
  const isEmphasized = OPEN_EMPHASIS.test(`${before}x`);
  return pathStart + trimmedLength(balanced, isEmphasized ? `${TRAILING}_` : TRAILING);
}

/** Cuts `path` at the first bracket without a counterpart. */
function cutUnbalanced(path: string): string {
  const open: { closer: string; at: number }[] = [];
  for (let at = 0; at < path.length; at++) {
    const character = path[at];
    if (character === '(') open.push({ closer: ')', at });
    else if (character === '[') open.push({ closer: ']', at });
    else if (character === ')' || character === ']') {
      if (open.at(-1)?.closer !== character) return path.slice(0, open[0]?.at ?? at);
      open.pop();
    }
  }
  return path.slice(0, open[0]?.at);
}

function trimmedLength(text: string, trailing: string): number {
  let length = text.length;
  while (length > 0 && trailing.includes(text.charAt(length - 1))) length--;
  return length;
}
