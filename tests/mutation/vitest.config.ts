import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vitest/config';
import { ThreadsPoolWorker, type PoolOptions, type PoolWorker } from 'vitest/node';

// Vitest starts a worker thread for each test file of each run, and Stryker makes one run per mutant. Most of the CPU time
// of a mutant is the start of that thread, so this pool stops its thread only after many files. The modules of the
// product and of the tests are evaluated again for each file, because the configuration has `isolate: true`.

const MAX_FILES = 50;

type Listener = Parameters<PoolWorker['on']>[1];

let thread: ThreadsPoolWorker | undefined;
let fileCount = 0;

/** A worker for one test file. */
class ReusedThread implements PoolWorker {
  readonly name = 'reused-thread';
  readonly #options: PoolOptions;
  readonly #listeners: [event: string, listener: Listener][] = [];
  #isStopped = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  async start() {
    if (thread && fileCount >= MAX_FILES) await stopThread();
    if (!thread) {
      thread = new ThreadsPoolWorker(this.#options);
      await thread.start();
    }
    fileCount++;
  }

  on(event: string, listener: Listener) {
    this.#listeners.push([event, listener]);
    thread?.on(event, listener);
  }

  off(event: string, listener: Listener) {
    thread?.off(event, listener);
  }

  send(message: Parameters<PoolWorker['send']>[0]) {
    if (message.type === 'stop') this.#confirmStop();
    else thread?.send(message);
  }

  // The thread ignores all messages after a "stop", so it does not get that message.
  #confirmStop() {
    this.#isStopped = true;
    const messageListeners = this.#listeners.filter(([event]) => event === 'message');
    for (const [event, listener] of this.#listeners) this.off(event, listener);
    for (const [, listener] of messageListeners)
      listener({ type: 'stopped', __vitest_worker_response__: true });
  }

  async stop() {
    if (!this.#isStopped) await stopThread();
  }

  deserialize(data: unknown) {
    return data;
  }
}

async function stopThread() {
  const stopped = thread;
  thread = undefined;
  fileCount = 0;
  await stopped?.stop();
}

/** Selects the pool, because Stryker overwrites `test.pool`. */
const reuseThread: Plugin = {
  name: 'reuse-thread',
  configureVitest({ vitest, project: { config } }) {
    config.pool = 'reused-thread';
    config.poolRunner = {
      name: config.pool,
      createPoolWorker: (options) => new ReusedThread(options),
    };
    vitest.onClose(stopThread);
  },
};

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

// `test.env` does not set the time zone of this pool's thread.
process.env.TZ = 'America/Chicago';

// The tests of pure modules, which Stryker repeats for each mutant. None of them starts a server.
export default defineConfig({
  root,
  plugins: [reuseThread],
  resolve: {
    alias: { '@': root, 'server-only': `${root}/node_modules/server-only/empty.js` },
  },
  test: {
    environment: 'node',
    isolate: true,
    maxWorkers: 1,
    testTimeout: 20_000,
    setupFiles: ['tests/mutation/limit-tests.ts'],
    include: [
      'tests/order/*.test.ts',
      'tests/server/connect/{adaptive-rate,circuit-breaker,json,retry-budget,schema,schema-defaults,sliding-window-counter,timestamp}.test.ts',
      'tests/server/limits/client-address.test.ts',
      'tests/server/links/{link,link-forgery,link-vectors}.test.ts',
      'tests/server/orders/{html-to-text,representation,serialized-order,snapshot-details,to-order-view,unreadable-field-pairs}.test.ts',
      'tests/server/pages/brand-colors.test.ts',
      'tests/server/web/request-target.test.ts',
    ],
  },
});
