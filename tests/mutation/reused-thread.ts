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

export const reusedThread = {
  name: 'reused-thread',
  createPoolWorker: (options: PoolOptions) => new ReusedThread(options),
};
