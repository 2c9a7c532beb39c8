import { defineConfig } from '@playwright/test';
import main from '@/playwright.config';

export default defineConfig({
  workers: 2,
  fullyParallel: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  testDir: '.',
  outputDir: '../../test-results',
  use: { ...main.use, contextOptions: { reducedMotion: 'reduce' } },
});
