/** Undefined for what is no absolute URL. Firefox 111 and Safari 16.4 have no URL.canParse. */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
