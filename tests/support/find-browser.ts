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

/** The path of Chromium: Playwright's if it is downloaded, or the system's. */
export function findBrowser(): { executablePath: string } | undefined {
  const place = [chromium.executablePath(), ...KNOWN_PLACES].find((path) => existsSync(path));
  return place === undefined ? undefined : { executablePath: place };
}

/** The command of Firefox, preferably of the extended support release. */
export function findFirefox(): string | undefined {
  return ['firefox-esr', 'firefox'].find(has);
}

/** Whether WebKitGTK's driver and a virtual display are installed. */
export function hasWebKit(): boolean {
  return has('WebKitWebDriver') && has('Xvfb');
}
