import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { toEmbedScript } from '@/lib/server/pages/embed-script-file';

// The limit was 2,000 bytes before replayed events, checked attributes, heights from CSS and
// protection against DOM clobbering were added (300 bytes), and 2,200 before the attributes of the look. Comments are
// not served.
const MOST_BYTES = 2_300;

test(`embed.js is smaller than ${MOST_BYTES} bytes with gzip`, () => {
  const served = toEmbedScript(
    readFileSync('public/embed.js', 'utf8'),
    'https://orders.example.com',
  );
  expect(gzipSync(served).byteLength).toBeLessThan(MOST_BYTES);
});
