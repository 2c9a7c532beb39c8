import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

// The tests of pure modules, which Stryker repeats for each mutant. None of them starts a server.
export default defineConfig({
  root,
  resolve: {
    alias: { '@': root, 'server-only': `${root}/node_modules/server-only/empty.js` },
  },
  test: {
    env: { TZ: 'America/Chicago' },
    environment: 'node',
    // One worker thread per mutant instead of one per mutant and test file.
    isolate: false,
    maxWorkers: 1,
    testTimeout: 20_000,
    setupFiles: ['tests/mutation/limit-tests.ts'],
    include: [
      'tests/order/*.test.ts',
      'tests/server/connect/{adaptive-rate,circuit-breaker,json,schema,sliding-window-counter,timestamp}.test.ts',
      'tests/server/limits/client-address.test.ts',
      'tests/server/links/{link,link-forgery,link-vectors}.test.ts',
      'tests/server/orders/{html-to-text,representation,to-order-view,unreadable-field-pairs}.test.ts',
      'tests/server/pages/brand-colors.test.ts',
      'tests/server/web/request-target.test.ts',
    ],
  },
});
