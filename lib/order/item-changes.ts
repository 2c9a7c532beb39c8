import type { ItemsCopy } from './copy/en-US/items';
import type { Items, ItemLine } from './order-view';

/** Whether two states of a line have the same replacement. Pictures are not compared: their signatures change. */
export function isSameOffer({ replacement: a }: ItemLine, { replacement: b }: ItemLine): boolean {
  return a?.name === b?.name && a?.quantity === b?.quantity && a?.unit === b?.unit;
}

/** The lines with another state or another replacement to decide than before. New lines have not changed. */
export function findChangedLines(before: Items, after: Items): ItemLine[] {
  const known = new Map(before.lines.map((line) => [line.id, line]));
  return after.lines.filter((line) => {
    const earlier = known.get(line.id) ?? line;
    if (earlier.state !== line.state) return true;
    return line.state === 'decide' && !isSameOffer(earlier, line);
  });
}

/** The text that a screen reader speaks about the changed lines; empty without one. Results in `told` are left out. */
export function toItemsAnnouncement(
  before: Items,
  after: Items,
  told: Pick<ReadonlySet<string>, 'has'>,
  { itemCopy, decisionCopy }: ItemsCopy,
): string {
  const changed = findChangedLines(before, after);
  const asked = changed.find(({ state }) => state === 'decide');
  const others = changed.filter(({ id, state }) => state !== 'decide' && !told.has(id));
  const [first] = others;
  return [
    asked?.replacement && decisionCopy.announce.asked(asked.name, asked.replacement.name),
    asked && !asked.replacement && itemCopy.changed.decide(asked.name),
    first && others.length === 1 && itemCopy.changed[first.state](first.name),
    others.length > 1 && itemCopy.changedCount(others.length),
  ]
    .filter(Boolean)
    .join('\n');
}
