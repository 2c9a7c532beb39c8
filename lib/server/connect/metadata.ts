import 'server-only';
import type { Steps } from '@/lib/order/steps';
import {
  readEach,
  readFields,
  readFlag,
  readId,
  readList,
  readText,
  type FieldReader,
  type Fields,
} from './fields';

// Reads `metadata` of the order's messages: the people of the order, and whether the chat has expired.

// The limit of the list is checked before any item is parsed.
const MAX_SHOPPERS = 1_000;

/** Names are those of the API. */
export type ConnectPerson = { id: string; display_name: string; avatar_url: string | undefined };

/** Names are those of the API. */
export type ConnectMetadata = {
  customer: Omit<ConnectPerson, 'id'>;
  current_shopper: ConnectPerson | undefined;
  shoppers: ConnectPerson[];
  is_expired: boolean;
};

/** Leaves out shoppers without an id. A missing name becomes an empty one. */
export function* readMetadata(metadata: Fields, reader: FieldReader): Steps<ConnectMetadata> {
  const { required, optional, count } = reader;
  const customer = required(metadata, 'metadata.customer', readFields);
  const current = optional(metadata, 'metadata.current_shopper', readFields);
  const listed = required(metadata, 'metadata.shoppers', readList);
  if (listed && listed.length > MAX_SHOPPERS) count('metadata.shoppers');
  const rows = listed?.slice(0, MAX_SHOPPERS) ?? [];
  return {
    customer: customer
      ? readNameAndPicture(customer, 'metadata.customer', reader)
      : { display_name: '', avatar_url: undefined },
    current_shopper: current && readShopper(current, 'metadata.current_shopper', reader),
    shoppers: yield* readEach(rows, 'metadata.shoppers', reader, (row) =>
      readShopper(row, 'metadata.shoppers', reader),
    ),
    is_expired: required(metadata, 'metadata.is_expired', readFlag) ?? false,
  };
}

type PersonField = 'metadata.customer' | 'metadata.current_shopper' | 'metadata.shoppers';

function readShopper(
  person: Fields,
  field: Exclude<PersonField, 'metadata.customer'>,
  reader: FieldReader,
): ConnectPerson | undefined {
  const id = reader.required(person, `${field}.id`, readId);
  const nameAndPicture = readNameAndPicture(person, field, reader);
  return id === undefined ? undefined : { id, ...nameAndPicture };
}

function readNameAndPicture(
  person: Fields,
  field: PersonField,
  { required, optional }: FieldReader,
) {
  return {
    display_name: required(person, `${field}.display_name`, readText) ?? '',
    avatar_url: optional(person, `${field}.avatar_url`, readText),
  };
}
