import 'server-only';
import { constants, fstatSync, openSync } from 'node:fs';
import SonicBoom from 'sonic-boom';

// Writes log lines to a file descriptor. Nothing waits for its reader: lines are buffered up to a bound and
// dropped beyond it, and a reader that goes away costs one failing write per line.

const MAX_BUFFERED_BYTES = 1_048_576;
const FLUSH_MS = 500;

export type LogOutput = {
  /** False if the line was dropped. */
  write(line: string): boolean;
  /** Resolves when all lines are written, or after half a second. Never rejects. */
  flush(): Promise<void>;
  /** For the end of the process: writes what can be written without waiting. */
  flushSync(): void;
};

export function openLogOutput(fd = 1, maxBufferedBytes = MAX_BUFFERED_BYTES): LogOutput {
  let isEnding = false;
  const stream = new SonicBoom({
    fd: toNonBlocking(fd),
    maxLength: maxBufferedBytes,
    retryEAGAIN: () => !isEnding,
  });
  let wasDropped = false;
  stream.on('drop', () => (wasDropped = true));
  // EPIPE, ENOSPC and the like: what could not be written stays in the buffer for the next attempt.
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
      isEnding = true;
      try {
        stream.flushSync();
      } catch {
        // Nobody is left to report to.
      }
    },
  };
}

/**
 * A second descriptor of the same pipe that never blocks: a blocked write would occupy a thread of Node and keep
 * the process from ending. Opened anew, because the flag of a shared descriptor is shared with other processes.
 */
function toNonBlocking(fd: number): number {
  try {
    if (!fstatSync(fd).isFIFO()) return fd;
    return openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    // Another user's pipe, or a system without /proc.
    return fd;
  }
}
