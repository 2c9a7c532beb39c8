import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

// npm run test:soak: tests that take too long for npm test.
export default defineConfig({
  root,
  resolve: {
    alias: { '@': root, 'server-only': `${root}/node_modules/server-only/empty.js` },
  },
  test: { include: ['tests/soak/*.soak.ts'], environment: 'node' },
});
