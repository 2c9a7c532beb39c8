import 'server-only';

// Serves the script that host pages load. The server writes the frame's origin into it, because other markup of the
// host page could forge document.currentScript or any element that the script would read the origin from.

// A string literal that public/embed.js contains exactly once.
const ORIGIN_PLACEHOLDER = "'{PUBLIC_URL}'";
const INDENT_OR_COMMENT = /^[ \t]*(?:\/\/.*\n)?/gm;

/**
 * Returns the text of /embed.js: `source`, the text of public/embed.js, without comments and indentation, and with
 * `publicOrigin`, the origin of PUBLIC_URL, as the only origin that the element frames and accepts messages from.
 * Throws Error if the placeholder does not occur exactly once.
 */
export function toEmbedScript(source: string, publicOrigin: string): string {
  const parts = source.replace(INDENT_OR_COMMENT, '').split(ORIGIN_PLACEHOLDER);
  const [before, after] = parts;
  if (parts.length !== 2 || before === undefined || after === undefined)
    throw new Error(`public/embed.js must contain ${ORIGIN_PLACEHOLDER} exactly once`);
  return before + JSON.stringify(publicOrigin) + after;
}
