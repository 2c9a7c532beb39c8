import { spawnSync } from 'node:child_process';
import { findBrowser } from './find-browser';

// Gets a Chromium for the browser tests: the system's package where apt is, else Playwright's own.

function run(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0;
}

function has(command: string): boolean {
  return spawnSync('which', [command], { stdio: 'ignore' }).status === 0;
}

function installBySystem(): boolean {
  if (!has('apt-get')) return false;
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo'];
  if (asRoot.length > 0 && !has('sudo')) return false;
  const apt = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-y'];
  const [command = '', ...args] = apt;
  return (
    run(command, ...args, 'update') &&
    run(command, ...args, 'install', 'chromium', 'fonts-noto-core', 'fonts-noto-color-emoji')
  );
}

function ensureBrowser(): void {
  if (findBrowser()) return;
  installBySystem();
  if (findBrowser()) return;
  run('npx', 'playwright', 'install', '--with-deps', 'chromium');
  if (findBrowser()) return;
  console.error(
    'The browser tests need a Chromium. Install one (for example "apt-get install chromium") and run the tests again.',
  );
  process.exit(1);
}

ensureBrowser();
