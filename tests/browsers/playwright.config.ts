import { defineConfig } from '@playwright/test';
import type { BrowserOptions } from './browser-test';

// Firefox and WebKit as Debian has them. Playwright only runs the tests: it cannot drive these two.
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
