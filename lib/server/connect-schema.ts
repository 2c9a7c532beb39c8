import 'server-only';
import { isInteger, parse as parseLossless } from 'lossless-json';
import { z } from 'zod';

// What Connect sends, checked at the boundary. Fields and which of them are required:
// https://docs.instacart.com/connect/api/post_checkout/chat/get_order_messages

// Of messages that are any, a mebibyte has no more; each that is none costs time.
const MAX_MESSAGES = 10_000;
const MAX_DIGITS = 100;
// Ids are integers of unstated size, so they are kept as text: beyond 2^53 a number would round.
const id = z.union([z.int(), z.bigint()]).transform(String);
const ISO_TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/i;

// Documented as UTC, so a time that names no zone is not this machine's. Comes out as ISO-8601 with Z.
const time = z.string().transform((text, context) => {
  const [, day, clock = '00:00', zone = 'Z'] = ISO_TIME.exec(text) ?? [];
  const ms = Date.parse(`${day}T${clock}${zone}`);
  if (!Number.isNaN(ms)) return new Date(ms).toISOString();
  context.addIssue('not a time');
  return z.NEVER;
});
const person = z.object({
  id,
  display_name: z.string(),
  avatar_url: z.string().nullish().catch(null),
});

const chatMessage = z.object({
  id,
  order_id: id,
  created_at: time,
  recipient_id: id,
  recipient_type: z.string(),
  sender_id: id,
  sender_type: z.string(),
  read: z.boolean(),
  read_at: time.nullish().catch(null),
  body: z.string(),
  image: z.string().nullish().catch(null),
});

// delivered_at is listed as required and yet absent from real answers; nothing here needs it.
const lifecycleMessage = z.object({
  notification_id: id,
  medium: z.string(),
  created_at: time,
  sent_at: z.string(),
  body: z.string(),
  image: z.string().nullish().catch(null),
});

const orderMessages = z.object({
  chat_messages: z.array(z.unknown()),
  lifecycle_messages: z.array(z.unknown()),
  metadata: z.object({
    customer: person,
    current_shopper: person.nullish(),
    shoppers: z.array(person),
    is_expired: z.boolean(),
  }),
});

export type ConnectChatMessage = z.output<typeof chatMessage>;
export type ConnectLifecycleMessage = z.output<typeof lifecycleMessage>;
export type ConnectPerson = z.output<typeof person>;
export type ConnectOrderMessages = {
  chatMessages: ConnectChatMessage[];
  lifecycleMessages: ConnectLifecycleMessage[];
  metadata: z.output<typeof orderMessages>['metadata'];
  /** Messages that lacked a required field and were left out. */
  droppedChatCount: number;
  droppedNoticeCount: number;
};

/**
 * Undefined when a required part is missing. A single broken message is left out and counted;
 * where none of a list is readable the format has changed, and an empty chat would be a lie.
 */
export function parseOrderMessages(body: unknown): ConnectOrderMessages | undefined {
  const { data } = orderMessages.safeParse(body);
  if (!data) return undefined;
  const chatMessages = keepReadable(data.chat_messages, chatMessage);
  const lifecycleMessages = keepReadable(data.lifecycle_messages, lifecycleMessage);
  if (!chatMessages || !lifecycleMessages) return undefined;
  return {
    chatMessages,
    lifecycleMessages,
    metadata: data.metadata,
    droppedChatCount: data.chat_messages.length - chatMessages.length,
    droppedNoticeCount: data.lifecycle_messages.length - lifecycleMessages.length,
  };
}

function keepReadable<T>(items: readonly unknown[], item: z.ZodType<T>): T[] | undefined {
  if (items.length > MAX_MESSAGES) return undefined;
  const readable = items.flatMap((candidate) => {
    const { success, data } = item.safeParse(candidate);
    return success ? [data] : [];
  });
  return items.length > 0 && readable.length === 0 ? undefined : readable;
}

const sentMessage = z.object({ id, created_at: time });

/** What Connect answers to a message that it took; undefined when a required part is missing. */
export function parseSentMessage(body: unknown): { id: string; at: string } | undefined {
  const { data } = sentMessage.safeParse(body);
  return data && { id: data.id, at: data.created_at };
}

const singleError = z.object({
  code: z.number().nullable(),
  errors: z.array(z.object({ code: z.number().nullable() })).optional(),
});

/** The codes of an error body, single or several; empty when the body is not an error of Connect's. */
export function readErrorCodes(body: unknown): (number | null)[] {
  const { data } = z.object({ error: singleError }).safeParse(body);
  if (!data) return [];
  return [data.error.code, ...(data.error.errors ?? []).map(({ code }) => code)];
}

/** Throws SyntaxError. Numbers that a double would round come out as bigint. */
export function parseConnectJson(text: string): unknown {
  const mayRound = /\d{16}/.test(text);
  return mayRound
    ? parseLossless(text, null, {
        parseNumber,
        onDuplicateKey: ({ newValue }) => newValue,
      })
    : JSON.parse(text);
}

function parseNumber(text: string): number | bigint {
  const value = Number(text);
  const wouldRound = isInteger(text) && !Number.isSafeInteger(value);
  return wouldRound && text.length <= MAX_DIGITS ? BigInt(text) : value;
}
