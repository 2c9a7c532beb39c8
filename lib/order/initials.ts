// Replaces a missing avatar: initials on a colour that is always the same for one person.

/** Returns up to two initials, whole graphemes in upper case; "?" for a name without letters. */
export function toInitials(name: string): string {
  const words = name.match(/\p{L}[\p{L}\p{M}'’-]*/gu) ?? [];
  const first = words.at(0);
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last].map((word) => firstLetter(word)).join('') || '?';
}

function firstLetter(word: string | undefined): string {
  return word?.match(/^\p{L}\p{M}*/u)?.[0].toUpperCase() ?? '';
}

/** Returns an index from 0 to `colorCount` - 1, computed from the FNV-1a hash of the id. */
export function toColorIndex(id: string, colorCount: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % colorCount;
}
