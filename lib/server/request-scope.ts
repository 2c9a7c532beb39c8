import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestLine } from './log';
import type { Trace } from './trace-context';

// Which request something is done for, however deep down. What several wait for belongs to the first.

export type RequestScope = {
  trace: Trace;
  /** Ends as the request's line in the log. */
  line: Partial<RequestLine>;
};

export type RequestScopes = {
  run<T>(scope: RequestScope, task: () => T): T;
  current(): RequestScope | undefined;
};

export function createRequestScopes(): RequestScopes {
  const storage = new AsyncLocalStorage<RequestScope>();
  return {
    run: (scope, task) => storage.run(scope, task),
    current: () => storage.getStore(),
  };
}
