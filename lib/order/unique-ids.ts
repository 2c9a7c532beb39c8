/**
 * Returns a function that gives an id out as it is the first time, and with a number behind it when
 * it is asked for again, so that two things that merely share an id can be told apart.
 */
export function createUniqueIds(): (id: string) => string {
  const counts = new Map<string, number>();
  return function toUniqueId(id) {
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return count === 1 ? id : `${id}'${count}`;
  };
}
