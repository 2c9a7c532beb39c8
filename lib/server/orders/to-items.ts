import 'server-only';
import { cleanText, cutText, isBlank } from '@/lib/order/clean-text';
import { type Item, type ItemLine, type Items, type ItemState } from '@/lib/order/order-view';
import { createUniqueIds } from '@/lib/order/unique-ids';
import { toImageUrl, type ImageHost } from '@/lib/server/config/image-hosts';
import type { ConnectItem, ConnectLineItem } from '@/lib/server/connect/items-schema';

// Translates Connect's items into ours. A field that is not named here never leaves the server.

const MAX_RAW_LENGTH = 500;
const MAX_NAME_LENGTH = 200;
const MAX_UNIT_LENGTH = 32;
const QUANTITY = /^(?=.*\d)\d{0,9}(?:\.\d{1,9})?$/;
// `cost_unit` is documented as a unit, but its name may stand for a price per unit, which is never shown.
const CURRENCY = /\p{Sc}/u;
/** States in which the replacement is about the line as it is now. */
const WITH_REPLACEMENT = new Set<ItemState>(['decide', 'replaced', 'refunded']);

/** Lines without a readable name are left out. Equal ids become unique, so that a page can use them as keys. */
export function toItems(
  connect: readonly ConnectLineItem[],
  imageHosts: readonly ImageHost[],
): Items {
  const toUniqueId = createUniqueIds();
  const lines = connect.flatMap((line, index) => {
    const item = toItem(line.item, imageHosts);
    if (!item.name) return [];
    const id = toUniqueId(line.id ?? `'${index}`);
    const state = toState(line);
    // A decision names the line by its id, so a line without an id of its own cannot be decided.
    return [toLine(id, item, line, id === line.id || state !== 'decide' ? state : 'other')];
  });

  function toLine(id: string, item: Item, line: ConnectLineItem, state: ItemState): ItemLine {
    const replacement =
      line.replacement && WITH_REPLACEMENT.has(state)
        ? toItem(line.replacement, imageHosts)
        : undefined;
    return { id, ...item, state, ...(replacement?.name && { replacement }) };
  }

  const counts = { to_shop: 0, found: 0, replaced: 0, decide: 0, refunded: 0, other: 0 };
  for (const { state } of lines) counts[state] += 1;
  return { lines, counts };
}

/**
 * The state of both vocabularies: the newest has the decision in `replacement_status`, the older one in `status`.
 * https://docs.instacart.com/connect/api/post_checkout/order_items/get_order_items
 */
function toState({ status, replacement_status: replacementStatus }: ConnectLineItem): ItemState {
  switch (status) {
    case 'NOT_PICKED':
      return 'to_shop';
    case 'FOUND':
      return 'found';
    case 'APPROVED':
      return 'replaced';
    case 'TO_REFUND':
    case 'REJECTED':
      return 'refunded';
    case 'REPLACED':
      return toReplacedState(replacementStatus);
    default:
      return 'other';
  }
}

function toReplacedState(replacementStatus: string | undefined): ItemState {
  switch (replacementStatus) {
    case 'PENDING':
      return 'decide';
    case 'REJECTED':
      return 'refunded';
    case 'APPROVED':
    case 'SUBSTITUTION_STATUS_UNSPECIFIED':
    case undefined:
      return 'replaced';
    default:
      return 'other';
  }
}

function toItem(item: ConnectItem, imageHosts: readonly ImageHost[]): Item {
  const imageUrl = toImageUrl(item.image_url, imageHosts);
  const unit = toText(item.cost_unit, MAX_UNIT_LENGTH);
  const quantity = item.quantity.trim();
  return {
    name: toText(item.name, MAX_NAME_LENGTH),
    ...(imageUrl && { imageUrl }),
    quantity: QUANTITY.test(quantity) ? quantity : '',
    unit: CURRENCY.test(unit) ? '' : unit,
  };
}

function toText(text: string, maxLength: number): string {
  const clean = cleanText(cutText(text, MAX_RAW_LENGTH)).replace(/\s+/g, ' ');
  const cut = cutText(clean, maxLength);
  return isBlank(cut) ? '' : cut;
}
