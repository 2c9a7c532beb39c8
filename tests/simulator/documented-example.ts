import { readFileSync } from 'node:fs';

/** The documented 200 answer as text, because a formatter or parser would change its bytes. */
export const documentedExample = readFileSync(
  new URL('./documented-example.txt', import.meta.url),
  'utf8',
).trimEnd();
