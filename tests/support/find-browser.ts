import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const KNOWN_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export function has(command: string): boolean {
  return spawnSync('which', [command], { stdio: 'ignore' }).status === 0;
}

/** Where a Chromium is: Playwright's own if it was downloaded, else one of the system's. */
export function findBrowser(): { executablePath: string } | undefined {
  const place = [chromium.executablePath(), ...KNOWN_PLACES].find((path) => existsSync(path));
  return place === undefined ? undefined : { executablePath: place };
}

/** A Firefox, the long-lived one if there is a choice. */
export function findFirefox(): string | undefined {
  return ['firefox-esr', 'firefox'].find(has);
}

/** Whether WebKitGTK can be driven, which takes its driver and a display. */
export function hasWebKit(): boolean {
  return has('WebKitWebDriver') && has('Xvfb');
}
