import 'server-only';
import type { ChatState } from '@/lib/order/order-view';
import type { ProblemCode } from '@/lib/order/problem';
import type { RenderErrorName } from '@/lib/order/render-error';
import type { BannerName } from '@/lib/server/config/banner-name';
import type { EnvironmentError } from '@/lib/server/config/env';
import { purposeHash } from '@/lib/server/config/keyed-hash';
import { LOG_LEVELS, type LogLevel } from '@/lib/server/config/log-level';
import type {
  PageLabel,
  Route,
  LimitName,
  SentVia,
  RejectedBy,
  ConnectField,
  FieldName,
  Operation,
} from './vocabulary';

// Log lines in JSON, one per request. The types below are the allow-list of fields: no field takes free text.

const LOG_REF_BYTES = 4;

/** A request to the API. Fields: docs/operating.md. */
export type RequestLine = {
  event: 'request';
  route: Route;
  status: number;
  ms: number;
  /** The trace id of the request's `traceparent`, or a new one. */
  traceId: string;
  code?: ProblemCode;
  /** The class of an unexpected error. */
  errorName?: string;
  linkRef?: string;
  orderRef?: string;
  chat?: ChatState;
  stale?: boolean;
  droppedCount?: number;
  /** Errors that stopped the page from rendering since its last poll, as the page reported them. */
  renderErrors?: RenderErrorName[] | undefined;
  /** Fields of Connect's response that were null, missing or of another type; absent for a cached order. */
  unreadableFields?: ConnectField[];
  /** How the server confirmed that a message was sent. */
  outcome?: SentVia;
  /** The rate limit that refused the request. */
  limit?: LimitName;
  /** Number of calls to Connect; absent if the response came from the cache or from a concurrent request. */
  upstreamCalls?: number;
  /** Status of the last call to Connect that had a response. */
  upstreamStatus?: number;
  /** Why a call to Connect was not made. */
  rejected?: RejectedBy;
};

/** A page or a file: level debug, or error if it failed. */
export type PageLine = {
  event: 'page';
  page: PageLabel;
  status: number;
  ms: number;
};

/** The connection to Redis was lost or restored: one line per change, not per request. */
export type RedisLine = { event: 'redis'; isUp: boolean };

/** The server listens, drains or has stopped; `broken`: an uncaught error ends the process. */
export type ServerLine =
  | { event: 'server'; state: 'listening' | 'draining' | 'stopped' }
  | { event: 'server'; state: 'broken'; errorName: string };

/**
 * SIGHUP: the configuration was read again. `rejected` and `failed` keep the old one. A fault names a place in the
 * configuration and contains no value.
 */
export type ConfigLine =
  | { event: 'config'; state: 'applied'; storeCount: number; changedCount: number }
  | { event: 'config'; state: 'rejected'; faults: EnvironmentError }
  | { event: 'config'; state: 'failed'; errorName: string };

/** Lines were dropped because the process that reads the log had ended or was too slow; writing works again. */
export type LogGapLine = { event: 'log_gap'; droppedLineCount: number };

/** Names of fields that Connect sends and this server does not know: level debug, once per process. */
export type UnknownFieldsLine = {
  event: 'unknown_fields';
  operation: Operation;
  names: readonly FieldName[];
};

export type LogLine =
  RequestLine | PageLine | RedisLine | ServerLine | ConfigLine | LogGapLine | UnknownFieldsLine;
export type Log = (line: LogLine) => void;
/** Returns false if the line was dropped. */
export type WriteLine = (line: string) => unknown;

type LogOptions = {
  /** The most verbose level to write. */
  maxLevel?: LogLevel;
  /** The store of the lines; undefined for the only store, and for lines about the process. */
  banner?: BannerName | undefined;
  /** Called for each line that `write` has dropped. */
  onDropped?: () => void;
};

/** The number of dropped lines is logged as soon as a line can be written again. */
export function createLog(
  write: WriteLine,
  now: () => number,
  { maxLevel = 'info', banner, onDropped = () => undefined }: LogOptions = {},
): Log {
  let droppedLineCount = 0;

  function append(line: LogLine): boolean {
    const at = new Date(now()).toISOString();
    return write(`${JSON.stringify({ at, level: toLevel(line), banner, ...line })}\n`) !== false;
  }

  const enabledLevels = new Set<LogLevel>(LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(maxLevel) + 1));
  return (line) => {
    if (!enabledLevels.has(toLevel(line))) return;
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
      // A restored connection is a warning too, so that a filter for warnings shows the end of the outage.
      return 'warn';
    case 'log_gap':
      return 'error';
    case 'unknown_fields':
      return 'debug';
    case 'config':
      return line.state === 'applied' ? 'info' : 'error';
    case 'server':
      return line.state === 'broken' ? 'error' : 'info';
  }
}

/**
 * Returns a function that maps a link or an order id to eight hex digits of a keyed hash: equal texts can be matched
 * across lines, but the text cannot be recovered.
 */
export function createLogRef(secret: Uint8Array): (text: string) => string {
  return (text) => purposeHash(secret, 'log', text).toString('hex', 0, LOG_REF_BYTES);
}
