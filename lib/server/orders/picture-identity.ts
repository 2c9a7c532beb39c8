import 'server-only';

/**
 * Returns the address without query and fragment. Storage services put a new signature into the query for each read,
 * while the picture is the same.
 */
export function toPictureIdentity(address: string): string {
  return address.replace(/[?#].*$/s, '');
}
