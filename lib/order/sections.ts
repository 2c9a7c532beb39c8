import type { OrderView } from './order-view';

export type SectionName = 'chat' | 'items' | 'updates';

/** The sections of an order, in the order of the switch. */
export function listSections({ chat, items, updates }: OrderView): SectionName[] {
  const hasUpdates = chat.state !== 'unavailable' || updates.length > 0;
  return [
    ...(chat.state === 'open' ? (['chat'] as const) : []),
    ...(items ? (['items'] as const) : []),
    ...(hasUpdates ? (['updates'] as const) : []),
  ];
}

/** The section that a narrow page shows until the customer selects one. */
export function findFirstSection(names: readonly SectionName[], { chat }: OrderView) {
  // Without a chat the items say most; while one is expected, and after it, the updates do.
  const preferred = chat.state === 'unavailable' ? 'items' : 'updates';
  if (names.includes('chat')) return 'chat';
  return names.includes(preferred) ? preferred : names[0];
}
