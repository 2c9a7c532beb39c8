import 'server-only';

// Standard output carries log lines of JSON and nothing else; they are written by log-output.ts.

/** Sends everything that libraries print to standard error, whose loss never ends the process. */
export function reserveStandardOutput(): void {
  // Without a listener a reader that goes away is an uncaught error.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  process.stdout.write = process.stderr.write.bind(process.stderr);
}
