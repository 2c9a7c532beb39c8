import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { reusedThread } from './reused-thread';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

// `test.env` does not set the time zone of this pool's thread.
process.env.TZ = 'America/Chicago';

// The tests of pure modules, which Stryker repeats for each mutant. None of them starts a server.
export default defineConfig({
  root,
  plugins: [
    {
      name: 'reused-thread',
      // Stryker overwrites `test.pool`.
      configureVitest({ project }) {
        project.config.pool = reusedThread.name;
        project.config.poolRunner = reusedThread;
      },
    },
  ],
  resolve: {
    alias: { '@': root, 'server-only': `${root}/node_modules/server-only/empty.js` },
  },
  test: {
    environment: 'node',
    isolate: true,
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
