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
};

export function serializeItems(items: Items): SerializedItems {
  const json = toJson(items);
  const content = items.lines.map(({ replacement, ...line }) => ({
    ...withPictureIdentity(line),
    ...(replacement && { replacement: withPictureIdentity(replacement) }),
  }));
  return {
    json,
    byteLength: toByteLength(json),
    contentHash: hash('sha256', JSON.stringify(content), 'base64url'),
  };
}
