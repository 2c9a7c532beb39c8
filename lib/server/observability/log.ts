import 'server-only';
import { createHmac } from 'node:crypto';
import type { ChatState } from '@/lib/order/order-view';
import type { ProblemCode } from '@/lib/order/problem';
import type { RenderErrorName } from '@/lib/order/render-error';
import { LOG_LEVELS, type LogLevel } from '@/lib/server/config/log-level';
import type { PageLabel, Route, LimitName, SentVia, RejectedBy, ConnectField } from './vocabulary';

// Lines of JSON, one per request. The types are the allow-list: there is no field for free text.

export type RequestLine = {
  event: 'request';
  route: Route;
  status: number;
  ms: number;
  /** The request's id: that of the trace it came with, or one of its own. */
  traceId: string;
  code?: ProblemCode;
  /** The class of an error that nobody expected. */
  errorName?: string;
  linkRef?: string;
  orderRef?: string;
  chat?: ChatState;
  stale?: boolean;
  droppedCount?: number;
  /** Errors that stopped the page from rendering since its last poll, by its own account. */
  renderErrors?: RenderErrorName[] | undefined;
  /** Fields of Connect's answer that were null, missing or of another kind; absent where it was not read for this request. */
  unreadableFields?: ConnectField[];
  /** How a message came to be known as sent. */
  outcome?: SentVia;
  /** Which limit answered. */
  limit?: LimitName;
  /** What this request asked Connect; absent where it was answered from memory or along with another. */
  upstreamCalls?: number;
  /** Of the last call that had an answer. */
  upstreamStatus?: number;
  /** A call that was not made. */
  rejected?: RejectedBy;
};

/** A page or a file, on request only, unless it broke. */
export type PageLine = {
  event: 'page';
  page: PageLabel;
  status: number;
  ms: number;
};

/** Redis went or came back: once each time, not for each request that met it. */
export type RedisLine = { event: 'redis'; isUp: boolean };

/** The server opens its door, is about to close it, or has closed it; `broken`: for an error of a class nobody caught. */
export type ServerLine =
  | { event: 'server'; state: 'listening' | 'draining' | 'stopped' }
  | { event: 'server'; state: 'broken'; errorName: string };

/** Lines were dropped because the reader of the log was gone or too slow; lines are written again. */
export type LogGapLine = { event: 'log_gap'; droppedLineCount: number };

export type LogLine = RequestLine | PageLine | RedisLine | ServerLine | LogGapLine;
export type Log = (line: LogLine) => void;
/** Returns false if the line was dropped. */
export type WriteLine = (line: string) => unknown;

export function createLog(
  write: WriteLine,
  now: () => number,
  most: LogLevel = 'info',
  onDropped: () => void = () => undefined,
): Log {
  let droppedLineCount = 0;

  function append(line: LogLine): boolean {
    const at = new Date(now()).toISOString();
    return write(`${JSON.stringify({ at, level: toLevel(line), ...line })}\n`) !== false;
  }

  const written = new Set<LogLevel>(LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(most) + 1));
  return (line) => {
    if (!written.has(toLevel(line))) return;
    if (droppedLineCount > 0 && append({ event: 'log_gap', droppedLineCount }))
      droppedLineCount = 0;
    if (append(line)) return;
    droppedLineCount += 1;
    onDropped();
  };
}

function toLevel(line: LogLine): LogLevel {
  switch (line.event) {
    case 'request':
      if (line.errorName !== undefined) return 'error';
      return line.status >= 500 ? 'warn' : 'info';
    case 'page':
      return line.status >= 500 ? 'error' : 'debug';
    case 'redis':
      // Its return too: who has heard of the one waits for the other.
      return 'warn';
    case 'log_gap':
      return 'error';
    case 'server':
      return line.state === 'broken' ? 'error' : 'info';
  }
}

/** Names a link or an order in logs so that lines can be matched, but nothing can be read back. */
export function createLogRef(secret: Uint8Array): (text: string) => string {
  return (text) =>
    createHmac('sha256', secret).update('log\n').update(text).digest('hex').slice(0, 8);
}
