import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestLine } from '@/lib/server/observability/log';
import type { Trace } from '@/lib/server/observability/trace-context';

// Which request something is done for, however deep down. What several wait for belongs to the first.

export type RequestContext = {
  trace: Trace;
  /** Ends as the request's line in the log. */
  logFields: Partial<RequestLine>;
};

export type RequestContexts = {
  run<T>(context: RequestContext, task: () => Promise<T>): Promise<T>;
  current(): RequestContext | undefined;
};

export function createRequestContexts(): RequestContexts {
  const storage = new AsyncLocalStorage<RequestContext>();
  let runningCount = 0;

  function leave(): void {
    runningCount -= 1;
    // Before Node 24 each promise and socket of the process is tracked from here on: a third of a poll's cost.
    if (runningCount === 0) storage.disable();
  }

  return {
    run(context, task) {
      runningCount += 1;
      return storage.run(context, task).finally(leave);
    },
    current: () => storage.getStore(),
  };
}
