import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic' } },
  resolve: {
    alias: {
      '@': root.replace(/\/$/, ''),
      // The guard against server code in a browser bundle has nothing to guard here.
      'server-only': `${root}node_modules/server-only/empty.js`,
    },
  },
  test: {
    env: { TZ: 'America/Chicago' },
    // Many tests wait through real retries, and a machine that is busy takes several times as long.
    testTimeout: 20_000,
    hookTimeout: 30_000,
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
    ],
  },
});
