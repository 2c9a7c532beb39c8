import 'server-only';
import type { ConnectObserver } from '@/lib/server/connect/observer';
import type { OnLimited } from '@/lib/server/limits/rate-limiter';
import type { Log, LogLine } from '@/lib/server/observability/log';
import type { Metrics } from '@/lib/server/observability/metrics';
import { createRequestContexts, type RequestContexts } from '@/lib/server/api/request-context';
import { toTraceparent } from '@/lib/server/observability/trace-context';

// Adds events of the Connect client and of rate limits to the log line of their request and to the metrics.

export type Telemetry = {
  contexts: RequestContexts;
  log: Log;
  onLimited: OnLimited;
  connectObserver: ConnectObserver;
};

export function createTelemetry(writeLine: Log, metrics: Metrics | undefined): Telemetry {
  const contexts = createRequestContexts();

  function log(line: LogLine): void {
    metrics?.count(line);
    writeLine(line);
  }

  return {
    contexts,
    log,

    onLimited(limit) {
      const context = contexts.current();
      if (context) context.logFields.limit = limit;
    },

    connectObserver: {
      traceparent() {
        const context = contexts.current();
        return context && toTraceparent(context.trace);
      },
      called(call) {
        metrics?.called(call);
        const logFields = contexts.current()?.logFields;
        if (!logFields) return;
        logFields.upstreamCalls = (logFields.upstreamCalls ?? 0) + 1;
        if (call.status !== undefined) logFields.upstreamStatus = call.status;
      },
      rejected(by) {
        metrics?.rejected(by);
        const logFields = contexts.current()?.logFields;
        if (logFields) logFields.rejected = by;
      },
      breakerStateChanged: (state) => metrics?.breakerStateChanged(state),
      minted: (end) => metrics?.minted(end),
      unreadable(faults) {
        metrics?.unreadable(faults);
        const logFields = contexts.current()?.logFields;
        if (!logFields) return;
        const others = logFields.unreadableFields ?? [];
        logFields.unreadableFields = [...new Set([...others, ...faults.keys()])].sort();
      },
      unknownFields: (operation, names) => log({ event: 'unknown_fields', operation, names }),
    },
  };
}
