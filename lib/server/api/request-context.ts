import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestLine } from '@/lib/server/observability/log';
import type { Trace } from '@/lib/server/observability/trace-context';

// Finds the request that causes a call to Connect. A call for several requests is logged with the first request.

export type RequestContext = {
  trace: Trace;
  /** Fields of the request's log line. */
  logFields: Partial<RequestLine>;
};

export type RequestContexts = {
  run<T>(context: RequestContext, task: () => Promise<T>): Promise<T>;
  current(): RequestContext | undefined;
};

export function createRequestContexts(): RequestContexts {
  const storage = new AsyncLocalStorage<RequestContext>();
  let runningCount = 0;

  function onTaskEnd(): void {
    runningCount -= 1;
    // Before Node.js 24 an enabled storage tracks every promise and socket, which takes a third of a poll's CPU time.
    if (runningCount === 0) storage.disable();
  }

  return {
    run(context, task) {
      runningCount += 1;
      return storage.run(context, task).finally(onTaskEnd);
    },
    current: () => storage.getStore(),
  };
}
