import 'server-only';

// Standard output carries only the JSON lines that log-output.ts writes.

/** Redirects the output of libraries to standard error, and ignores errors of standard error. */
export function reserveStandardOutput(): void {
  // Without a listener, a closed pipe would be an uncaught error.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  process.stdout.write = process.stderr.write.bind(process.stderr);
}
