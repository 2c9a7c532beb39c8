import { defineConfig } from '@playwright/test';
import { findBrowser } from './tests/support/find-browser';

export default defineConfig({
  testMatch: '**/*.spec.ts',
  workers: 2,
  forbidOnly: true,
  // A busy machine takes several times as long.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    locale: 'en-US',
    timezoneId: 'America/Chicago',
    launchOptions: {
      ...findBrowser(),
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
    },
  },
  projects: [
    { name: 'everyday', testDir: './tests/e2e' },
    { name: 'slow', testDir: './tests/slow/e2e' },
  ],
});
