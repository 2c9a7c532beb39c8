import 'server-only';
import { createHmac } from 'node:crypto';

// Lines of JSON, one per request. The types are the allow-list: there is no field for free text.

export type RequestLine = {
  event: 'request';
  route: 'order_messages' | 'send_message';
  status: number;
  ms: number;
  code?: string;
  /** The class of an error that nobody expected. */
  errorName?: string;
  linkRef?: string;
  orderRef?: string;
  stale?: boolean;
  droppedCount?: number;
  /** How a message came to be known as sent. */
  outcome?: 'posted' | 'confirmed' | 'repeated';
};

/** Redis went or came back: once each time, not for each request that met it. */
export type RedisLine = { event: 'redis'; isUp: boolean };

/** The server opens its door, is about to close it, or has closed it. */
export type ServerLine = { event: 'server'; state: 'listening' | 'draining' | 'stopped' };

export type Log = (line: RequestLine | RedisLine | ServerLine) => void;

export function createLog(write: (line: string) => void, now: () => number): Log {
  return (line) => write(`${JSON.stringify({ at: new Date(now()).toISOString(), ...line })}\n`);
}

/** Names a link or an order in logs so that lines can be matched, but nothing can be read back. */
export function createLogRef(secret: Uint8Array): (text: string) => string {
  return (text) =>
    createHmac('sha256', secret).update('log\n').update(text).digest('hex').slice(0, 8);
}
