import 'server-only';
import { hash } from 'node:crypto';
import type { Items } from '@/lib/order/order-view';
import { toByteLength, toJson, type Json } from './json-members';
import { withPictureIdentity } from './picture-identity';

/** Items as JSON bytes, because they take a third of the memory of objects. */
export type SerializedItems = {
  json: Json;
  byteLength: number;
  /** Hash without the query of picture addresses, which Connect may sign again each time. */
  contentHash: string;
  /** The same items without questions, for an order that is paid or over; absent if they have none. */
  settled?: SerializedItems;
};

export function serializeItems(items: Items): SerializedItems {
  const settled = items.counts.decide > 0 ? serializeItems(toSettled(items)) : undefined;
  const json = toJson(items);
  const content = items.lines.map(({ replacement, ...line }) => ({
    ...withPictureIdentity(line),
    ...(replacement && { replacement: withPictureIdentity(replacement) }),
  }));
  return {
    json,
    byteLength: toByteLength(json) + (settled?.byteLength ?? 0),
    contentHash: hash('sha256', JSON.stringify(content), 'base64url'),
    ...(settled && { settled }),
  };
}

/** Connect may keep a question after the payment. Not established: what became of it. */
function toSettled({ lines, counts: { decide, other, ...counts } }: Items): Items {
  return {
    lines: lines.map((line) => {
      if (line.state !== 'decide') return line;
      const { id, name, imageUrl, quantity, unit } = line;
      return { id, name, ...(imageUrl && { imageUrl }), quantity, unit, state: 'other' };
    }),
    counts: { ...counts, decide: 0, other: other + decide },
  };
}
