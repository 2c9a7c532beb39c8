import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

/** They measure memory or load, or wait for a Redis that answers at once, so they run alone after all others. */
const measuringTests = [
  'tests/slow/server/links/key-rotation.test.ts',
  'tests/slow/server/connect/fault-leaks.test.ts',
  'tests/slow/server/connect/hostile-sizes.test.ts',
  'tests/slow/server/redis/redis-outage.test.ts',
];

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic' } },
  resolve: {
    alias: {
      '@': root.replace(/\/$/, ''),
      // The package only keeps server code out of the browser bundle; tests have no such bundle.
      'server-only': `${root}node_modules/server-only/empty.js`,
    },
  },
  test: {
    env: { TZ: 'America/Chicago' },
    // Many tests wait for real retries, and a busy machine takes several times as long.
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // Most tests wait for a server, so a machine with two cores runs two files at once.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    setupFiles: ['./tests/support/fail-on-console.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'server',
          include: ['tests/{server,order,client,project,simulator}/**/*.test.ts'],
          environment: 'node',
        },
      },
      {
        extends: true,
        test: {
          name: 'components',
          include: ['tests/{components,client}/**/*.test.tsx'],
          environment: 'happy-dom',
        },
      },
      {
        extends: true,
        test: {
          name: 'slow',
          include: ['tests/slow/**/*.test.ts'],
          exclude: measuringTests,
          environment: 'node',
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'slow-alone',
          include: measuringTests,
          environment: 'node',
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
