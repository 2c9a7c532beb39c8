// Picture addresses may be signed: each reading of an order brings the same picture with another query.

/** What stays the same while the address is signed again and again: all but query and fragment. */
export function toPictureId(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

/** Formats that most browsers do not show, by the name's ending. */
export function isUnshowable(url: string): boolean {
  return /\.(?:heic|heif|hif|tiff?|dng|jxl|pdf|psd|raw|cr2|nef|mov|mp4)$/i.test(toPictureId(url));
}

/**
 * An address that the browser's cache does not know and the host understands as the same. A signature
 * allows no other parameters, so in a query one character is percent-encoded instead (RFC 3986, 6.2.2.2).
 */
export function toUncachedUrl(url: string, attempt: number): string {
  const [address = '', fragment] = url.split('#');
  if (!address.includes('?')) return `${address}?retry=${attempt}`;
  const at = findEncodable(address, attempt);
  if (at < 0) return url;
  const code = address.charCodeAt(at).toString(16).toUpperCase();
  const tail = fragment === undefined ? '' : `#${fragment}`;
  return `${address.slice(0, at)}%${code}${address.slice(at + 1)}${tail}`;
}

/** The index of the letter or digit that is number `attempt` from the end of the query's values. */
function findEncodable(address: string, attempt: number): number {
  const start = address.indexOf('=', address.indexOf('?'));
  if (start < 0) return -1;
  let left = attempt;
  for (let at = address.length - 1; at > start; at--) {
    const isEncoded = /%.?$/.test(address.slice(at - 2, at));
    const isName = address.lastIndexOf('&', at) > address.lastIndexOf('=', at);
    if (/[A-Za-z\d]/.test(address.charAt(at)) && !isEncoded && !isName && --left <= 0) return at;
  }
  return -1;
}
