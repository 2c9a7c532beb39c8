/** Undefined if `text` is not an absolute URL. Firefox 111 and Safari 16.4 lack URL.canParse. */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
