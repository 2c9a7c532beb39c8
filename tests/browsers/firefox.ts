import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '@/tests/support/local-server';
import { findFirefox } from '@/tests/support/find-browser';
import type { Driver, Strictness } from './driver';
import { connectToMarionette } from './marionette';
import { startProcess } from './own-process';

type Prefs = Record<string, string | number | boolean>;

/** Starts headless Firefox with a new profile and no access to other machines. */
export async function startFirefox({ blocksStorage }: Strictness): Promise<Driver> {
  const binary = findFirefox();
  if (binary === undefined) throw new Error('Firefox is not installed');
  const profile = await mkdtemp(join(tmpdir(), 'order-status-firefox-'));
  const port = await findFreePort(0, '127.0.0.1');
  const all: Prefs = {
    'marionette.port': port,
    'intl.accept_languages': 'en-US',
    // No server listens at this proxy, so Firefox's own requests to Mozilla fail. Loopback bypasses the proxy.
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': 9,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': 9,
    // The value of "All cross-site cookies" in the settings. The default partitions such cookies.
    ...(blocksStorage && { 'network.cookie.cookieBehavior': 1 }),
  };
  const lines = Object.entries(all).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  await writeFile(join(profile, 'user.js'), lines.join('\n'));
  const firefox = startProcess(
    binary,
    ['--headless', '--marionette', '--no-remote', '--profile', profile],
    // Firefox refuses a home directory that another user owns.
    { stdio: 'ignore', env: { ...process.env, HOME: profile } },
  );

  async function close(): Promise<void> {
    await firefox.end();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }

  try {
    const { newSession, send, end } = await connectToMarionette(port, firefox.hasEnded);
    const { capabilities } = Object(await newSession());
    return {
      browser: `Firefox ${capabilities.browserVersion}`,
      send,
      close: () => {
        end();
        return close();
      },
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}
