import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const KNOWN_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where a Chromium is: Playwright's own if it was downloaded, else one of the system's. */
export function findBrowser(): { executablePath: string } | undefined {
  const place = [chromium.executablePath(), ...KNOWN_PLACES].find((path) => existsSync(path));
  return place === undefined ? undefined : { executablePath: place };
}
