// Picture addresses may be signed: each response of the API has another query for the same picture.

/** The address without query and fragment, which is the same for every signature. */
export function toPictureId(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

/** Whether most browsers cannot show the format of the file extension. */
export function hasUnsupportedFormat(url: string): boolean {
  return /\.(?:heic|heif|hif|tiff?|dng|jxl|pdf|psd|raw|cr2|nef|mov|mp4)$/i.test(toPictureId(url));
}

/**
 * An equivalent address that is not in the browser's cache. A signature allows no further parameters, so one
 * character of the query is percent-encoded instead (RFC 3986 §6.2.2.2).
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

/** The index of the `attempt`-th letter or digit of the query's values, counted from the end. */
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
