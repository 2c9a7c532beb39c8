import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

test('embed.js costs a host under 2 KB on the wire', () => {
  expect(gzipSync(readFileSync('public/embed.js')).byteLength).toBeLessThan(2_000);
});
