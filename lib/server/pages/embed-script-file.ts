import 'server-only';

// The script that hosts load. The origin of its frame is fixed here, because whatever a script can find out
// in the page (document.currentScript, the elements with its name) other markup of that page can replace.

/** In public/embed.js exactly once, as a string literal. */
const ORIGIN_PLACEHOLDER = "'{PUBLIC_URL}'";
const INDENT_OR_COMMENT = /^[ \t]*(?:\/\/.*\n)?/gm;

/**
 * The text of /embed.js: `source`, the text of public/embed.js, without its comments and indentation, and
 * with `publicOrigin`, the origin of PUBLIC_URL, as the only origin that the element frames and listens to.
 * Throws if the placeholder is not there exactly once.
 */
export function toEmbedScript(source: string, publicOrigin: string): string {
  const parts = source.replace(INDENT_OR_COMMENT, '').split(ORIGIN_PLACEHOLDER);
  const [before, after] = parts;
  if (parts.length !== 2 || before === undefined || after === undefined)
    throw new Error(`public/embed.js must have ${ORIGIN_PLACEHOLDER} in it once`);
  return before + JSON.stringify(publicOrigin) + after;
}
