import { decisionCopy, itemCopy } from './copy/en-US/items';
import type { Items, ItemLine } from './order-view';

/** The lines whose state is another one than before. New lines have not changed. */
export function findChangedLines(before: Items, after: Items): ItemLine[] {
  const states = new Map(before.lines.map(({ id, state }) => [id, state]));
  return after.lines.filter(({ id, state }) => (states.get(id) ?? state) !== state);
}

/** The text that a screen reader speaks about the changed lines; empty without one. */
export function toItemsAnnouncement(before: Items, after: Items): string {
  const changed = findChangedLines(before, after);
  const asked = changed.find(({ state }) => state === 'decide');
  const others = changed.filter(({ state }) => state !== 'decide');
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
