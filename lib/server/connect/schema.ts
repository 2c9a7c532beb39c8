import 'server-only';
import { z } from 'zod';
import { finishSteps, type Steps } from '@/lib/order/steps';
import {
  createFieldReader,
  isFields,
  readEach,
  readFields,
  readFlag,
  readId,
  readList,
  readText,
  type FieldReader,
  type Fields,
} from './fields';
import { readMetadata, type ConnectMetadata, type ConnectPerson } from './metadata';
import { readTime } from './timestamp';
import type { FieldFaults } from '@/lib/server/observability/vocabulary';

// Validates Connect's responses. A null list is an empty one. A field that is null, missing or of another type
// affects at most its own message, notice or person. Fields that the page does not show are not read.

// The limits of the lists are checked before any item is parsed. A body of one mebibyte has fewer real messages.
const MAX_MESSAGES = 10_000;
const MAX_ERRORS = 100;

/** Names are those of the API; ids are text, times ISO-8601 in UTC. */
export type ConnectChatMessage = {
  id: string;
  created_at: string;
  sender_id: string | undefined;
  /** `user`, `driver` or an undocumented type; empty if no field of the message identifies it. */
  sender_type: string;
  read: boolean;
  read_at: string | undefined;
  body: string;
  image: string | undefined;
};

/** Names are those of the API; ids are text, times ISO-8601 in UTC. */
export type ConnectLifecycleMessage = {
  notification_id: string;
  medium: string;
  created_at: string;
  body: string;
  image: string | undefined;
};

export type ConnectOrderMessages = {
  chatMessages: ConnectChatMessage[];
  lifecycleMessages: ConnectLifecycleMessage[];
  metadata: ConnectMetadata;
  /** Counts of rows without a time, or with neither text nor picture. */
  droppedChatCount: number;
  droppedNoticeCount: number;
};

/**
 * Returns undefined if a list or `metadata` is absent or of another type: showing an empty chat instead would be
 * wrong. `faults` receives every field that could not be read.
 * https://docs.instacart.com/connect/api/post_checkout/chat/get_order_messages
 */
export function parseOrderMessages(
  body: unknown,
  faults: FieldFaults = new Map(),
): ConnectOrderMessages | undefined {
  return finishSteps(readOrderMessages(body, faults));
}

/** As `parseOrderMessages`, with one step per row. */
export function* readOrderMessages(
  body: unknown,
  faults: FieldFaults,
): Steps<ConnectOrderMessages | undefined> {
  if (!isFields(body)) return undefined;
  const reader = createFieldReader(faults);
  const chatRows = readRows(body, 'chat_messages', reader);
  const noticeRows = readRows(body, 'lifecycle_messages', reader);
  const metadataFields = reader.required(body, 'metadata', readFields);
  if (!chatRows || !noticeRows || !metadataFields) return undefined;
  const metadata = yield* readMetadata(metadataFields, reader);
  const toSenderType = createSenderTypes(metadataFields, metadata.shoppers);
  const chatMessages = yield* readEach(chatRows, 'chat_messages', reader, (row) =>
    readChatMessage(row, reader, toSenderType),
  );
  const lifecycleMessages = yield* readEach(noticeRows, 'lifecycle_messages', reader, (row) =>
    readLifecycleMessage(row, reader),
  );
  return {
    chatMessages,
    lifecycleMessages,
    metadata,
    droppedChatCount: chatRows.length - chatMessages.length,
    droppedNoticeCount: noticeRows.length - lifecycleMessages.length,
  };
}

function readRows(
  body: Fields,
  field: 'chat_messages' | 'lifecycle_messages',
  reader: FieldReader,
): readonly unknown[] | undefined {
  const rows = reader.required(body, field, readList);
  if (body[field] === null) return [];
  if (!rows || rows.length <= MAX_MESSAGES) return rows;
  reader.count(field);
  return undefined;
}

// The id is not shown, so a missing id is replaced by the time; to-order-view.ts makes equal ids unique.
function readChatMessage(
  row: Fields,
  { required, optional }: FieldReader,
  toSenderType: (row: Fields) => string,
): ConnectChatMessage | undefined {
  const id = required(row, 'chat_messages.id', readId);
  const createdAt = required(row, 'chat_messages.created_at', readTime);
  const body = required(row, 'chat_messages.body', readText);
  const image = optional(row, 'chat_messages.image', readText);
  const readAt = optional(row, 'chat_messages.read_at', readTime);
  const message = {
    sender_id: required(row, 'chat_messages.sender_id', readId),
    sender_type: required(row, 'chat_messages.sender_type', readText) ?? toSenderType(row),
    read: required(row, 'chat_messages.read', readFlag) ?? readAt !== undefined,
    read_at: readAt,
  };
  if (createdAt === undefined || (body === undefined && !image)) return undefined;
  return {
    ...message,
    id: id ?? toIdFromTime(createdAt),
    created_at: createdAt,
    body: body ?? '',
    image,
  };
}

// delivered_at is documented as required but absent from real responses. Other times replace a missing created_at.
function readLifecycleMessage(
  row: Fields,
  { required, optional }: FieldReader,
): ConnectLifecycleMessage | undefined {
  const id = required(row, 'lifecycle_messages.notification_id', readId);
  const createdAt =
    required(row, 'lifecycle_messages.created_at', readTime) ??
    readTime(row['sent_at']) ??
    readTime(row['delivered_at']);
  const body = required(row, 'lifecycle_messages.body', readText);
  const image = optional(row, 'lifecycle_messages.image', readText);
  const medium = required(row, 'lifecycle_messages.medium', readText) ?? '';
  if (createdAt === undefined || (body === undefined && !image)) return undefined;
  return {
    notification_id: id ?? toIdFromTime(createdAt),
    medium,
    created_at: createdAt,
    body: body ?? '',
    image,
  };
}

function toIdFromTime(time: string): string {
  return `at-${Date.parse(time)}`;
}

/** Derives a missing sender_type from recipient_type, or from sender_id. */
function createSenderTypes(metadata: Fields, shoppers: readonly ConnectPerson[]) {
  const customer = metadata['customer'];
  const customerId = isFields(customer) ? readId(customer['id']) : undefined;
  const shopperIds = new Set(shoppers.map(({ id }) => id));
  return (row: Fields): string => {
    if (row['recipient_type'] === 'driver') return 'user';
    if (row['recipient_type'] === 'user') return 'driver';
    const senderId = readId(row['sender_id']);
    if (senderId === undefined) return '';
    if (senderId === customerId) return 'user';
    return shopperIds.has(senderId) ? 'driver' : '';
  };
}

/**
 * Reads the response to a sent message; undefined if `id` or `created_at` is missing.
 * https://docs.instacart.com/connect/api/post_checkout/chat/send_a_chat_message
 */
export function parseSentMessage(body: unknown): { id: string; at: string } | undefined {
  if (!isFields(body)) return undefined;
  const id = readId(body['id']);
  const at = readTime(body['created_at']);
  return id === undefined || at === undefined ? undefined : { id, at };
}

const errorCode = z.object({ code: z.number().nullable() });

/**
 * Reads `error.code` and the codes of `error.errors`; empty if the body is not an error of Connect.
 * https://docs.instacart.com/connect/api/error_and_status_codes
 */
export function readErrorCodes(body: unknown): (number | null)[] {
  const error = isFields(body) ? body['error'] : undefined;
  const { data } = errorCode.safeParse(error);
  if (!data || !isFields(error)) return [];
  const listed = Array.isArray(error['errors']) ? error['errors'].slice(0, MAX_ERRORS) : [];
  const codes = listed.flatMap((each) => {
    const entry = errorCode.safeParse(each);
    return entry.success ? [entry.data.code] : [];
  });
  return [data.code, ...codes];
}
