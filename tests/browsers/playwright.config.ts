import { defineConfig } from '@playwright/test';
import type { BrowserOptions } from './browser-test';

// Runs the journeys in Debian's Firefox and WebKitGTK, which Playwright cannot drive. The main configuration runs
// the same journeys in Chromium.
export default defineConfig<object, BrowserOptions>({
  testDir: '.',
  outputDir: '../../test-results',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [['list']],
  projects: [
    { name: 'firefox', use: { engine: 'firefox' } },
    { name: 'webkit', use: { engine: 'webkit' } },
  ],
});
