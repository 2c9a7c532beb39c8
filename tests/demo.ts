import { spawn, spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv as parseDotEnv } from 'node:util';
import { millisecondsInDay as DAY_MS } from 'date-fns/constants';
import type { Access } from '@/lib/order/order-view';
import { linkKeys } from '@/lib/server/config/link-keys';
import { createLinks } from '@/lib/server/links/link';
import { startShop } from '@/tests/demo-shop/start-shop';
import { demoUserId } from '@/tests/simulator/people';
import { listScenarios } from '@/tests/simulator/scenarios';
import { shoppingScript } from '@/tests/simulator/shopping-scenario';
import { startSimulator } from '@/tests/simulator/simulator';
import { blankEnv } from '@/tests/support/blank-env';
import { findFreePort, untilReady } from '@/tests/support/local-server';

// npm run demo: builds, starts the simulator and the page in production mode, and prints links.

const BOLD = '\u001b[1m';
const PLAIN = '\u001b[0m';

function build(): void {
  const { status } = spawnSync('npm', ['run', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

console.log('Building…');
build();
const simulator = await startSimulator({
  port: await findFreePort(Number(process.env['SIMULATOR_PORT'] ?? 4010), 'localhost'),
  host: 'localhost',
});
const port = await findFreePort(Number(process.env['PORT'] ?? 3000));
const shopPort = await findFreePort(Number(process.env['SHOP_PORT'] ?? 4020), '127.0.0.1');
const publicUrl = `http://localhost:${port}`;
const example = parseDotEnv(readFileSync('.env.example', 'utf8'));
const { LINK_KEYS = '', RETAILER_NAME, RETAILER_COLOR, SUPPORT_URL } = example;
const frenchUrl = `http://marche.localhost:${port}`;
const frenchKeys = `marche:${randomBytes(32).toString('base64url')}`;
/** Two stores of one group. */
const banners = {
  [new URL(publicUrl).host]: {
    ...{ retailerId: 'greenfield', name: RETAILER_NAME, color: RETAILER_COLOR },
    ...{ supportUrl: SUPPORT_URL, linkKeys: LINK_KEYS },
    embedOrigins: [`http://127.0.0.1:${shopPort}`],
  },
  [new URL(frenchUrl).host]: {
    ...{ retailerId: 'marche', name: 'Marché des Prés', color: '#7b2d43' },
    ...{ supportUrl: SUPPORT_URL, linkKeys: frenchKeys, locales: ['fr-CA', 'en-CA'] },
  },
};
const bannersFile = join(mkdtempSync(join(tmpdir(), 'order-status-demo-')), 'banners.json');
writeFileSync(bannersFile, JSON.stringify(banners));
const settings = {
  ...blankEnv,
  CONNECT_BASE_URL: simulator.url,
  CONNECT_CLIENT_ID: example['CONNECT_CLIENT_ID'] ?? '',
  CONNECT_CLIENT_SECRET: example['CONNECT_CLIENT_SECRET'] ?? '',
  IMAGE_HOSTS: new URL(simulator.url).host,
  LINKS_API_KEY: randomUUID(),
  BANNERS_FILE: bannersFile,
};
const page = spawn('npm', ['start'], {
  detached: true,
  env: { ...process.env, ...settings, PORT: String(port) },
  stdio: ['ignore', 'ignore', 'inherit'],
});
const ended = once(page, 'exit');
await untilReady(`${publicUrl}/readyz`, () => page.exitCode !== null);

const shop = await startShop({
  ordersUrl: publicUrl,
  apiKey: settings.LINKS_API_KEY,
  orderId: 'live-in-shop',
  userId: demoUserId,
  port: shopPort,
});

const MAX_DAYS = 14;
const inAWeek = Date.now() + 7 * DAY_MS;
const links = createLinks(linkKeys.parse(LINK_KEYS), MAX_DAYS, Date.now);
const frenchLinks = createLinks(linkKeys.parse(frenchKeys), MAX_DAYS, Date.now);
const linksOfLastMonth = createLinks(
  linkKeys.parse(LINK_KEYS),
  MAX_DAYS,
  () => Date.now() - 30 * DAY_MS,
);

function print(name: string, summary: string, token: string, url = publicUrl): void {
  console.log(`${BOLD}${name}${PLAIN}  ${summary}\n  ${url}/order#${token}\n`);
}

function seal(orderId: string, access: Access = 'full'): Promise<string> {
  return links.seal({ orderId, userId: demoUserId, access, expiresAtMs: inAWeek });
}

console.log('\nOpen the first link: its order starts when you open it.\n');
for (const { orderId, summary } of listScenarios()) print(orderId, summary, await seal(orderId));
print('live again', 'a second live order, which starts when you open it', await seal('live-again'));
print(
  'read only',
  'the order "shopping" with a link that does not allow messages',
  await seal('shopping', 'read'),
);
print(
  'share',
  'the order "shopping" with a link that shows stage, steps and window only',
  await seal('shopping', 'share'),
);

simulator.control.putOrder('flaky', { script: shoppingScript });
simulator.control.fault({ route: 'order_messages', orderId: 'flaky', kind: 'html', everyNth: 2 });
print('flaky', 'every second read fails: the page keeps old data and says so', await seal('flaky'));
simulator.control.putOrder('stale', { script: shoppingScript });
simulator.control.fault({ route: 'order_messages', orderId: 'stale', kind: 'html', everyNth: 1 });
simulator.control.fault({ route: 'order_messages', orderId: 'stale', kind: 'delay', times: 1 });
print(
  'stale',
  'one successful read, then failures: the page shows the age of its data and the next attempt',
  await seal('stale'),
);
simulator.control.putOrder('down', { script: shoppingScript });
simulator.control.fault({ route: 'order_messages', orderId: 'down', kind: 'html' });
print('down', 'no read succeeds: a countdown and a retry button', await seal('down'));
simulator.control.putOrder('order-refused', { script: shoppingScript });
simulator.control.fault({ route: 'order', orderId: 'order-refused', kind: 'status', status: 403 });
print(
  'order refused',
  'Connect refuses to read the order, but not its messages: the page without progress',
  await seal('order-refused'),
);
print('not found', 'Connect does not know this order', await seal('nowhere'));
print(
  'expired link',
  'a valid link that has expired',
  await linksOfLastMonth.seal({
    orderId: 'shopping',
    userId: demoUserId,
    access: 'full',
    expiresAtMs: Date.now() - DAY_MS * 20,
  }),
);
print('broken link', 'an invalid link', 'not-a-link');
console.log(`The same orders at the second store of the group, in French:\n`);
for (const { orderId, summary } of listScenarios()) {
  const claims = { orderId, userId: demoUserId, access: 'full', locale: 'fr-CA' } as const;
  const token = await frenchLinks.seal({ ...claims, expiresAtMs: inAWeek });
  print(`${orderId}, Marché des Prés`, summary, token, frenchUrl);
}
console.log(
  `${BOLD}in a shop${PLAIN}  a live order within the account page of another site: serif, dark, and a place of 480 by 360\n  ${shop.origin}\n  ${shop.origin}/night\n  ${shop.origin}/slot\n`,
);
console.log('Ctrl+C stops the demo.');

// npm does not forward signals to its child process, so the signal is sent to the process group.
function stop(): void {
  if (page.pid !== undefined) process.kill(-page.pid, 'SIGTERM');
}
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
await ended;
await shop.close();
await simulator.close();
