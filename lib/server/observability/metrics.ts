import 'server-only';
import { Gauge, Registry } from 'prom-client';
import { CHAT_STATES } from '@/lib/order/order-view';
import { isProblemCode, PROBLEM_STATUS } from '@/lib/order/problem';
import { RENDER_ERROR_NAMES } from '@/lib/order/render-error';
import type { BannerName } from '@/lib/server/config/banner-name';
import type { LogLine, RequestLine } from './log';
import { createInstruments } from './metric-instruments';
import {
  ROUTES,
  LIMIT_NAMES,
  SENT_VIA,
  OPERATIONS,
  CALL_RESULTS,
  REJECTED_BY,
  BREAKER_STATES,
  MINT_RESULTS,
  CONNECT_FIELDS,
  type RejectedBy,
  type BreakerState,
  type MintResult,
  type ConnectCall,
  type FieldFaults,
} from './vocabulary';

// Metrics for Prometheus. Requests are counted from their log lines, so that logs and metrics agree.

const CODES = Object.keys(PROBLEM_STATUS).filter(isProblemCode);
const STATUSES = [200, 201, 204, 304, ...Object.values(PROBLEM_STATUS)] as const;
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8];
const CALL_SECONDS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4];

/** Counters, histograms and gauges: docs/operating.md. */
export type Metrics = {
  registry: Registry;
  /** Counts the request or event of a log line, even if the line is not written. */
  count(line: LogLine): void;
  called(call: ConnectCall): void;
  rejected(by: RejectedBy): void;
  breakerStateChanged(state: BreakerState): void;
  minted(result: MintResult): void;
  droppedLine(): void;
  unreadable(faults: FieldFaults): void;
  /** Registers gauges that are read at each scrape: counts, milliseconds, calls per second. */
  observe(sources: { snapshotCount(): number; freshMs(): number; sustainableRate(): number }): void;
  /** Registers the gauges of Redis; to be called only if Redis is configured. */
  observeRedis(sources: { revocationsAgeMs(): number }): void;
};

/** Creates the metrics of a store in a new registry. With a name, each sample has it as the label `banner`. */
export function createMetrics(banner?: BannerName): Metrics {
  const registry = new Registry();
  if (banner !== undefined) registry.setDefaultLabels({ banner });
  const { counter, histogram, gauge } = createInstruments(registry);
  const statuses = [...new Set(STATUSES.map((status) => `${status}` as const)), 'other'] as const;

  const requests = counter('requests_total', 'Requests to the API by status', {
    route: ROUTES,
    status: statuses,
  });
  const requestSeconds = histogram(
    'request_duration_seconds',
    'Time from a request to the API to its response',
    { route: ROUTES },
    REQUEST_SECONDS,
  );
  const answers = counter('answers_total', 'Orders shown (200 and 304), by the state of the chat', {
    chat: CHAT_STATES,
    stale: ['true', 'false'],
  });
  const sends = counter('sends_total', 'Messages that customers sent, by outcome', {
    outcome: [...SENT_VIA, ...CODES],
  });
  const renderErrors = counter(
    'page_render_errors_total',
    'Errors that stopped a page from rendering, as pages reported them',
    { name: RENDER_ERROR_NAMES },
  );
  const limited = counter('limited_total', 'Requests over a limit', { limit: LIMIT_NAMES });
  const calls = counter('connect_calls_total', 'Calls to Connect, each attempt counted', {
    operation: OPERATIONS,
    outcome: CALL_RESULTS,
  });
  const callSeconds = histogram(
    'connect_call_duration_seconds',
    'Duration of one attempt of a call to Connect',
    { operation: OPERATIONS },
    CALL_SECONDS,
  );
  const rejected = counter('connect_rejected_total', 'Calls to Connect that were not made', {
    reason: REJECTED_BY,
  });
  const mints = counter('connect_tokens_total', 'Access tokens requested from Connect', {
    outcome: MINT_RESULTS,
  });
  const droppedLines = counter(
    'log_lines_dropped_total',
    'Log lines that could not be written',
    {},
  );
  const unreadableFields = counter(
    'connect_unreadable_fields_total',
    'Fields of orders that were null, missing or of another type in responses of Connect',
    { field: CONNECT_FIELDS },
  );
  const breaker = new Gauge({
    name: 'order_status_breaker_state',
    help: 'The circuit breaker of calls to Connect: 1 for its present state',
    labelNames: ['state'],
    registers: [registry],
  });
  let redisUp: Gauge | undefined;

  function breakerStateChanged(state: BreakerState): void {
    for (const label of BREAKER_STATES) breaker.set({ state: label }, label === state ? 1 : 0);
  }

  function countRequest(line: RequestLine) {
    const { route, status, ms, code, outcome, limit, chat, stale } = line;
    const countedStatus = STATUSES.find((each) => each === status);
    requests({ route, status: countedStatus === undefined ? 'other' : `${countedStatus}` });
    requestSeconds({ route }, ms);
    const sendOutcome = outcome ?? code;
    if (route === 'send_message' && sendOutcome) sends({ outcome: sendOutcome });
    if (limit) limited({ limit });
    line.renderErrors?.forEach((name) => renderErrors({ name }));
    if (chat) answers({ chat, stale: stale ? 'true' : 'false' });
  }

  breakerStateChanged('closed');

  return {
    registry,
    count(line) {
      if (line.event === 'request') countRequest(line);
      if (line.event === 'redis') redisUp?.set(line.isUp ? 1 : 0);
    },
    called({ operation, result: outcome, ms }) {
      calls({ operation, outcome });
      callSeconds({ operation }, ms);
    },
    rejected: (reason) => rejected({ reason }),
    breakerStateChanged,
    minted: (outcome) => mints({ outcome }),
    droppedLine: () => droppedLines({}),
    unreadable(faults) {
      for (const [field, count] of faults) unreadableFields({ field }, count);
    },

    observe({ snapshotCount, freshMs, sustainableRate }) {
      gauge('snapshots', 'Orders in memory', snapshotCount);
      gauge(
        'fresh_seconds',
        'Time for which an order is served from memory before Connect is called again; longer while Connect throttles',
        () => freshMs() / 1_000,
      );
      gauge(
        'connect_sustainable_rate',
        'Estimate of the calls per second that Connect accepts; +Inf while no limit is known',
        sustainableRate,
      );
    },

    observeRedis({ revocationsAgeMs }) {
      redisUp = gauge('redis_up', 'Whether the connection to Redis is up');
      gauge(
        'revocations_age_seconds',
        'Time since the list of revoked orders was last read from Redis',
        () => revocationsAgeMs() / 1_000,
      );
    },
  };
}
