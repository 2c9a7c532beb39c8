import 'server-only';

/**
 * The address of a picture without query and fragment. Storage services sign addresses anew for each reading, in
 * the query; the picture stays the same.
 */
export function toPictureIdentity(address: string): string {
  return address.replace(/[?#].*$/s, '');
}
