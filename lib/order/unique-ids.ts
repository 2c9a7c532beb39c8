/**
 * Returns a function that makes ids unique: the first use of an id returns it unchanged, each further use appends
 * a number. Two different items with the same id then have different keys.
 */
export function createUniqueIds(): (id: string) => string {
  const counts = new Map<string, number>();
  return function toUniqueId(id) {
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return count === 1 ? id : `${id}'${count}`;
  };
}
