import { toTimestamp } from './clock';
import type { ConnectBody, ConnectChatMessage } from './connect-body';
import type { Step } from './order-script';

// Orders with a fixed body, which may be anything, including text that is not JSON.

/** Whether Connect accepts messages for the order. */
export function isTextOpen(text: string): boolean {
  const metadata = readMetadata(text);
  return metadata?.current_shopper !== undefined && !metadata.is_expired;
}

/** The steps that the body implies, for the state of the order. */
export function toImpliedSteps(text: string): Step[] {
  const metadata = readMetadata(text);
  if (metadata?.is_expired) return [{ kind: 'delivered', atMs: 0 }];
  return metadata?.current_shopper ? [{ kind: 'shopper', atMs: 0, shopper: 'zelma' }] : [];
}

/** The body with all messages of the shopper marked as read, and the number of messages that were unread. */
export function markTextRead(text: string, nowMs: number): { text: string; count: number } {
  const body = parse(text);
  if (!Array.isArray(body?.chat_messages)) return { text, count: 0 };
  const messages: (Partial<ConnectChatMessage> | null)[] = body.chat_messages;
  const unread = messages.filter((message) => message?.sender_type === 'driver' && !message.read);
  for (const message of unread) {
    Object.assign(message ?? {}, { read: true, read_at: toTimestamp(nowMs) });
  }
  return { text: unread.length > 0 ? JSON.stringify(body) : text, count: unread.length };
}

function readMetadata(text: string): Partial<ConnectBody['metadata']> | undefined {
  return parse(text)?.metadata;
}

function parse(text: string): Partial<ConnectBody> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
