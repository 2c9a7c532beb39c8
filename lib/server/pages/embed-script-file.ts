import 'server-only';

// Serves the script that host pages load. The server writes the frame's origin into it, because other markup of the
// host page could forge document.currentScript or any element that the script would read the origin from.

/** The values of the string literals, as '{TITLE}', that public/embed.js contains exactly once each. */
export type EmbedScriptValues = {
  /** The origin of PUBLIC_URL: the only one that the element frames and accepts messages from. */
  PUBLIC_URL: string;
  /** The name of the frame for screen readers. */
  TITLE: string;
  /** The text of the link in place of a frame that does not respond. */
  OPEN_IN_NEW_TAB: string;
};

const INDENT_OR_COMMENT = /^[ \t]*(?:\/\/.*\n)?/gm;

/**
 * Returns the text of /embed.js: `source`, the text of public/embed.js, without comments and indentation, and with the
 * values. Throws Error if a placeholder does not occur exactly once.
 */
export function toEmbedScript(source: string, values: EmbedScriptValues): string {
  let script = source.replace(INDENT_OR_COMMENT, '');
  for (const [name, value] of Object.entries(values)) {
    const [before, after, ...rest] = script.split(`'{${name}}'`);
    if (before === undefined || after === undefined || rest.length > 0)
      throw new Error(`public/embed.js must contain '{${name}}' exactly once`);
    script = before + JSON.stringify(value) + after;
  }
  return script;
}
