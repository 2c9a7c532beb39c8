import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestLine } from '@/lib/server/observability/log';
import type { Trace } from '@/lib/server/observability/trace-context';

// Which request something is done for, however deep down. What several wait for belongs to the first.

export type RequestScope = {
  trace: Trace;
  /** Ends as the request's line in the log. */
  line: Partial<RequestLine>;
};

export type RequestScopes = {
  run<T>(scope: RequestScope, task: () => Promise<T>): Promise<T>;
  current(): RequestScope | undefined;
};

export function createRequestScopes(): RequestScopes {
  const storage = new AsyncLocalStorage<RequestScope>();
  let runningCount = 0;

  function leave(): void {
    runningCount -= 1;
    // Before Node 24 each promise and socket of the process is tracked from here on: a third of a poll's cost.
    if (runningCount === 0) storage.disable();
  }

  return {
    run(scope, task) {
      runningCount += 1;
      return storage.run(scope, task).finally(leave);
    },
    current: () => storage.getStore(),
  };
}
