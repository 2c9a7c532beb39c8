import type { OrderView } from './order-view';
import type { Stage } from './stages';

export type SectionName = 'pickup' | 'chat' | 'items' | 'updates';

const AT_THE_STORE: readonly (Stage | undefined)[] = ['ready', 'handing_over'];

/** The sections of an order, in the order of the switch. */
export function listSections({ chat, items, pickup, updates }: OrderView): SectionName[] {
  const has: Record<SectionName, boolean> = {
    pickup: pickup !== undefined,
    chat: chat.state === 'open',
    items: items !== undefined,
    updates: chat.state !== 'unavailable' || updates.length > 0,
  };
  return (['pickup', 'chat', 'items', 'updates'] as const).filter((name) => has[name]);
}

/**
 * The section that a narrow page shows until the customer selects one: how to pick up a ready order, then the chat.
 * Without a chat the items say most; while one is expected, and after it, the updates do.
 */
export function findFirstSection(
  names: readonly SectionName[],
  { chat, order }: OrderView,
): SectionName | undefined {
  const ranking: SectionName[] = [
    ...(AT_THE_STORE.includes(order?.stage) ? (['pickup', 'chat'] as const) : (['chat'] as const)),
    ...(chat.state === 'unavailable' ? (['items', 'updates'] as const) : (['updates'] as const)),
  ];
  return ranking.find((name) => names.includes(name)) ?? names[0];
}
