import 'server-only';
import { decodeHTMLStrict } from 'entities';
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

// Notices of the medium "email" may be HTML. The tokenizer is linear on any input; the parser built on it is not,
// and no tree is needed here.

const MAX_LENGTH = 131_072;
const MAY_BE_HTML = /<[a-z!/?]|&[a-z#]/i;
const HIDDEN = toNames('head title script style template noscript');
const BLOCKS = toNames(
  `address article aside blockquote body br center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr
  html li main nav ol p pre section table tbody tfoot thead tr ul`,
);
const INLINE = toNames(
  `a abbr b base bdi bdo big button caption cite code col colgroup data del dfn em embed figcaption figure font i
  iframe img input ins kbd label legend link map mark meta object option picture q s samp select small source span
  strike strong sub sup svg td textarea th time tt u var video wbr`,
);
const VOID = toNames('br col embed hr img input link meta source wbr');
// Matches elements of other vocabularies, such as Office's <o:p>, and custom elements, which are lower-case:
// "<Mary-Ann>" is text.
const FOREIGN = /^[A-Za-z]\w*:[A-Za-z][\w.-]*$|^[a-z][a-z\d]*-[a-z\d._-]+$/;
const DISPLAY_NONE = /(?:^|;)\s*display\s*:\s*none\b/i;
// Marks the end of a block until white space has been collapsed.
const BREAK = '\u0000';
const BREAKS = / ?\u0000 ?/g;

function toNames(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/));
}

/**
 * Converts HTML to text in linear time: block elements become lines, entities are decoded, scripts, styles and hidden
 * elements are removed. A tag that HTML does not define, such as "<Ada>", is text. Reads at most 131,072 UTF-16 units.
 */
export function htmlToText(text: string): string {
  if (!MAY_BE_HTML.test(text)) return text;
  const isWhole = text.length <= MAX_LENGTH;
  const html = text.slice(0, MAX_LENGTH).replaceAll(BREAK, '');
  const pieces: string[] = [];
  let hiddenBy = '';
  let hasBlocks = false;
  let readTo = 0;
  let name = '';
  let isForeign = false;
  let attribute = '';
  let style = '';
  let isTagHidden = false;
  // Counts the open hidden element and the elements inside it.
  const open = new Map<string, number>();

  function startTag(start: number, end: number): void {
    const written = html.slice(start, end);
    name = written.toLowerCase();
    isForeign = FOREIGN.test(written);
    isTagHidden = false;
  }
  function hide(): void {
    hiddenBy = name;
    open.clear();
  }
  function countOpen(change: 1 | -1): void {
    if (!hiddenBy || HIDDEN.has(hiddenBy) || VOID.has(name)) return;
    const count = (open.get(name) ?? 0) + change;
    open.set(name, Math.max(0, count));
    // A hidden element ends with its own end tag or with its parent block.
    if ((name === hiddenBy && count === 0) || (count < 0 && BLOCKS.has(name))) hiddenBy = '';
  }
  function append(piece: string, end: number): void {
    if (!hiddenBy) pieces.push(piece);
    readTo = end;
  }
  function skip(end: number): void {
    readTo = end + 1;
  }
  function closeTag(end: number, kind: 'start' | 'end' | 'both'): void {
    const isHidden = HIDDEN.has(name);
    const isInline = INLINE.has(name) || isForeign;
    const isElement = isHidden || BLOCKS.has(name) || isInline;
    if (isHidden && kind !== 'start' && name === hiddenBy) hiddenBy = '';
    if (isHidden && kind === 'start') hiddenBy ||= name;
    if (isTagHidden && isElement && kind === 'start' && !hiddenBy && !VOID.has(name)) hide();
    if (kind !== 'both') countOpen(kind === 'start' ? 1 : -1);
    hasBlocks ||= isHidden || BLOCKS.has(name);
    if (BLOCKS.has(name)) append(BREAK, end + 1);
    else if (isElement) append(/^t[dh]$/.test(name) ? ' ' : '', end + 1);
    else append(html.slice(readTo, end + 1), end + 1);
  }
  const callbacks: TokenizerCallbacks = {
    ontext(start, end) {
      // The tokenizer reports an unfinished end tag as text that starts at -1.
      if (start >= 0) append(html.slice(start, end), end);
    },
    onopentagname: startTag,
    onopentagend: (end) => closeTag(end, 'start'),
    onselfclosingtag: (end) => closeTag(end, name === 'br' ? 'start' : 'both'),
    onclosetag(start, end) {
      startTag(start, end);
      closeTag(end, 'end');
    },
    oncomment: (_, end) => skip(end),
    oncdata: (_, end) => skip(end),
    ondeclaration: (_, end) => skip(end),
    onprocessinginstruction: (_, end) => skip(end),
    onattribname(start, end) {
      attribute = html.slice(start, end).toLowerCase();
      style = '';
    },
    onattribdata(start, end) {
      if (attribute === 'style') style += html.slice(start, end);
    },
    onattribentity: () => undefined,
    onattribend() {
      isTagHidden ||= attribute === 'hidden' || DISPLAY_NONE.test(style);
    },
    ontextentity: () => undefined,
    onend: () => undefined,
  };
  const tokenizer = new Tokenizer({ decodeEntities: false }, callbacks);
  tokenizer.write(html);
  tokenizer.end();
  // An unfinished tag, as in "eggs <large", is text.
  if (!hasBlocks && isWhole) append(html.slice(readTo), html.length);
  const joined = pieces.join('');
  const lines = hasBlocks ? joined.replace(/\s+/g, ' ').replace(BREAKS, '\n') : joined;
  return decodeHTMLStrict(lines);
}
