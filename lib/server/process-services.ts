import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { getEnv } from '@/lib/server/config/env';
import { openLogOutput, type LogOutput } from '@/lib/server/observability/log-output';
import { createServices, type Runtime, type Services } from './services';

// The clock, timers and log output of this process, and the services of its only store.

declare global {
  var orderStatusServices: Services | undefined;
  var orderStatusLogOutput: LogOutput | undefined;
}

/** The log output of this process. */
export function getLogOutput(): LogOutput {
  if (!globalThis.orderStatusLogOutput) {
    const output = openLogOutput();
    globalThis.orderStatusLogOutput = output;
    process.once('exit', output.flushSync);
  }
  return globalThis.orderStatusLogOutput;
}

export function createRuntime(): Runtime {
  return {
    now: Date.now,
    random: Math.random,
    wait: sleep,
    writeLog: getLogOutput().write,
    schedule: (intervalMs, task) => {
      const timer = setInterval(task, intervalMs).unref();
      return () => clearInterval(timer);
    },
  };
}

/**
 * The services for hosts of Next.js, which have one store. Kept on globalThis, because Next.js bundles each route with
 * a copy of this module.
 */
export function getServices(): Services {
  globalThis.orderStatusServices ??= createServices(getEnv(), createRuntime());
  return globalThis.orderStatusServices;
}
