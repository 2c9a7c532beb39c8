import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findBrowser, findFirefox, has, hasWebKit } from './find-browser';

// Installs the programs that the tests need beside the npm packages, with apt where the system has it: Chromium,
// Redis and HAProxy. The argument "slow" adds the packages of tests/observatory; "browsers" installs Firefox and
// WebKit instead.

function run(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0;
}

function installWithApt(...packages: string[]): void {
  if (!has('apt-get')) return;
  const rootPrefix = process.getuid?.() === 0 ? [] : ['sudo'];
  if (rootPrefix.length > 0 && !has('sudo')) return;
  const apt = [...rootPrefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-y'];
  const [command = '', ...args] = apt;
  if (run(command, ...args, 'update')) run(command, ...args, 'install', ...packages);
}

function stop(message: string): never {
  console.error(message);
  process.exit(1);
}

function ensureBrowser(): void {
  if (findBrowser()) return;
  installWithApt('chromium', 'fonts-noto-core', 'fonts-noto-color-emoji');
  if (findBrowser()) return;
  run('npx', 'playwright', 'install', '--with-deps', 'chromium');
  if (findBrowser()) return;
  stop(
    'The browser tests need a Chromium. Install one (for example "apt-get install chromium") and run the tests again.',
  );
}

function ensureRedis(): void {
  if (has('redis-server')) return;
  installWithApt('redis-server');
  if (has('redis-server')) return;
  stop(
    'The tests start a redis-server. Install one (for example "apt-get install redis-server" or "brew install redis") and run the tests again.',
  );
}

function ensureHaproxy(): void {
  if (has('haproxy')) return;
  installWithApt('haproxy');
  if (has('haproxy')) return;
  stop(
    'The tests start an HAProxy. Install one (for example "apt-get install haproxy" or "brew install haproxy") and run the tests again.',
  );
}

function ensureObservatory(): void {
  const folder = 'tests/observatory';
  if (existsSync(`${folder}/node_modules/.package-lock.json`)) return;
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  if (run('npm', 'ci', '--prefix', folder, '--ignore-scripts', ...quiet)) return;
  stop(`The packages of ${folder} could not be installed: see the messages of npm above.`);
}

function ensureOtherBrowsers(): void {
  if (!findFirefox()) installWithApt('firefox-esr');
  if (!hasWebKit()) installWithApt('webkit2gtk-driver', 'xvfb');
  const missing = [
    ...(findFirefox() ? [] : ['Firefox (Debian: firefox-esr)']),
    ...(hasWebKit() ? [] : ['WebKitGTK (Debian: webkit2gtk-driver, xvfb)']),
  ];
  if (missing.length === 2) stop(`Neither could be installed: ${missing.join(', ')}.`);
  for (const browser of missing)
    console.error(`${browser} could not be installed, so its tests are skipped.`);
}

if (process.argv[2] === 'browsers') {
  ensureOtherBrowsers();
} else {
  ensureBrowser();
  ensureRedis();
  ensureHaproxy();
  if (process.argv[2] === 'slow') ensureObservatory();
}
