import 'server-only';

/**
 * Returns the address without query and fragment. Storage services put a new signature into the query for each read,
 * while the picture is the same.
 */
export function toPictureIdentity(address: string): string {
  return address.replace(/[?#].*$/s, '');
}

/** The entry with the identities of its pictures in place of their addresses. */
export function withPictureIdentity<T extends { imageUrl?: string; avatarUrl?: string }>(
  entry: T,
): T {
  const { imageUrl, avatarUrl } = entry;
  if (imageUrl === undefined && avatarUrl === undefined) return entry;
  return {
    ...entry,
    ...(imageUrl && { imageUrl: toPictureIdentity(imageUrl) }),
    ...(avatarUrl && { avatarUrl: toPictureIdentity(avatarUrl) }),
  };
}
