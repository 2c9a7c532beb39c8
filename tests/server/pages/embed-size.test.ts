import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { toEmbedScript } from '@/lib/server/pages/embed-script-file';

// 2,000 until replayed events, checked attributes, heights from CSS and protection against DOM clobbering
// came in, which are 300 bytes. Comments are not served.
const MOST_BYTES = 2_200;

test(`embed.js costs a host less than ${MOST_BYTES} bytes on the wire`, () => {
  const served = toEmbedScript(
    readFileSync('public/embed.js', 'utf8'),
    'https://orders.example.com',
  );
  expect(gzipSync(served).byteLength).toBeLessThan(MOST_BYTES);
});
