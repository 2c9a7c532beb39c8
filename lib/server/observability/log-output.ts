import 'server-only';
import { constants, fstatSync, openSync } from 'node:fs';
import SonicBoom from 'sonic-boom';

// Writes log lines to a file descriptor without blocking: lines are buffered up to a limit and dropped beyond it. If
// the reader has closed its end, each line costs one failed write.

const MAX_BUFFERED_BYTES = 1_048_576;
const FLUSH_MS = 500;

export type LogOutput = {
  /** False if the line was dropped. */
  write(line: string): boolean;
  /** Resolves when all lines are written, or after half a second. Never rejects. */
  flush(): Promise<void>;
  /** For the 'exit' event: writes as many buffered lines as possible without waiting. Never throws. */
  flushSync(): void;
};

/** `fd`: standard output by default. `maxBufferedBytes`: 1 MiB by default. */
export function openLogOutput(fd = 1, maxBufferedBytes = MAX_BUFFERED_BYTES): LogOutput {
  let isExiting = false;
  const stream = new SonicBoom({
    fd: toNonBlocking(fd),
    maxLength: maxBufferedBytes,
    retryEAGAIN: () => !isExiting,
  });
  let wasDropped = false;
  stream.on('drop', () => (wasDropped = true));
  // On EPIPE, ENOSPC and similar errors unwritten lines stay in the buffer for the next attempt.
  stream.on('error', () => undefined);

  return {
    write(line) {
      wasDropped = false;
      stream.write(line);
      return !wasDropped;
    },

    flush() {
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, FLUSH_MS);
        stream.flush(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    },

    flushSync() {
      isExiting = true;
      try {
        stream.flushSync();
      } catch {
        // The process is exiting and the log itself has failed, so the error cannot be reported.
      }
    },
  };
}

/**
 * Opens a second, non-blocking descriptor of the same pipe: a blocked write would occupy a thread of Node and prevent
 * the exit. Setting O_NONBLOCK on `fd` itself would affect other processes that share it.
 */
function toNonBlocking(fd: number): number {
  try {
    if (!fstatSync(fd).isFIFO()) return fd;
    return openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    // The pipe belongs to another user, or the system has no /proc.
    return fd;
  }
}
