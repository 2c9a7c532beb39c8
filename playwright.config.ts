import { defineConfig } from '@playwright/test';
import type { BrowserOptions } from './tests/browsers/browser-test';
import { findBrowser } from './tests/support/find-browser';

export default defineConfig<object, BrowserOptions>({
  testMatch: '**/*.spec.ts',
  workers: 2,
  forbidOnly: true,
  // A machine with other load needs several times as long.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // A test that passes only the second time is listed as flaky.
  retries: 1,
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
    // `npm test`: one journey per area. Repetitions over states, sizes and faults have the tag @slow.
    { name: 'everyday', testDir: './tests/e2e', grepInvert: /@slow/ },
    // `npm run test:slow`, and the journeys that `npm run test:browsers` runs in Firefox and WebKit.
    { name: 'slow', testDir: './tests/slow/e2e' },
    { name: 'slow-tagged', testDir: './tests/e2e', grep: /@slow/ },
    { name: 'journeys', testDir: './tests/browsers', use: { engine: 'chromium' } },
  ],
});
