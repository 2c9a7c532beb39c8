import { spawnSync } from 'node:child_process';
import { findBrowser } from './find-browser';

// Gets what the tests need beside npm's packages: a Chromium and a Redis, from the system where apt is.

function run(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0;
}

function has(command: string): boolean {
  return spawnSync('which', [command], { stdio: 'ignore' }).status === 0;
}

function installBySystem(...packages: string[]): void {
  if (!has('apt-get')) return;
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo'];
  if (asRoot.length > 0 && !has('sudo')) return;
  const apt = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-y'];
  const [command = '', ...args] = apt;
  if (run(command, ...args, 'update')) run(command, ...args, 'install', ...packages);
}

function stop(words: string): never {
  console.error(words);
  process.exit(1);
}

function ensureBrowser(): void {
  if (findBrowser()) return;
  installBySystem('chromium', 'fonts-noto-core', 'fonts-noto-color-emoji');
  if (findBrowser()) return;
  run('npx', 'playwright', 'install', '--with-deps', 'chromium');
  if (findBrowser()) return;
  stop(
    'The browser tests need a Chromium. Install one (for example "apt-get install chromium") and run the tests again.',
  );
}

function ensureRedis(): void {
  if (has('redis-server')) return;
  installBySystem('redis-server');
  if (has('redis-server')) return;
  stop(
    'The tests start a redis-server of their own. Install one (for example "apt-get install redis-server" or "brew install redis") and run the tests again.',
  );
}

ensureBrowser();
ensureRedis();
