import 'server-only';
import type { ConnectWatch } from '@/lib/server/connect/observer';
import type { OnLimited } from '@/lib/server/limits/rate-limiter';
import type { Log } from '@/lib/server/observability/log';
import type { Metrics } from '@/lib/server/observability/metrics';
import { createRequestScopes, type RequestScopes } from '@/lib/server/api/request-context';
import { toTraceparent } from '@/lib/server/observability/trace-context';

// Where what happens deep down finds the line of its request, and all that is told its counter.

export type Telemetry = {
  scopes: RequestScopes;
  log: Log;
  onLimited: OnLimited;
  connectWatch: ConnectWatch;
};

export function createTelemetry(writeLine: Log, metrics: Metrics | undefined): Telemetry {
  const scopes = createRequestScopes();
  return {
    scopes,

    log(line) {
      metrics?.count(line);
      writeLine(line);
    },

    onLimited(limit) {
      const scope = scopes.current();
      if (scope) scope.line.limit = limit;
    },

    connectWatch: {
      traceparent() {
        const scope = scopes.current();
        return scope && toTraceparent(scope.trace);
      },
      called(call) {
        metrics?.called(call);
        const line = scopes.current()?.line;
        if (!line) return;
        line.upstreamCalls = (line.upstreamCalls ?? 0) + 1;
        if (call.status !== undefined) line.upstreamStatus = call.status;
      },
      withheld(by) {
        metrics?.withheld(by);
        const line = scopes.current()?.line;
        if (line) line.withheld = by;
      },
      breakerIs: (state) => metrics?.breakerIs(state),
      minted: (end) => metrics?.minted(end),
      unreadable(faults) {
        metrics?.unreadable(faults);
        const line = scopes.current()?.line;
        if (line) line.unreadableFields = [...faults.keys()].sort();
      },
    },
  };
}
