import { createInterface } from 'node:readline';
import { findFreePort, untilReady } from '@/tests/support/local-server';
import { commands, toError, type Command, type Driver, type Strictness } from './driver';
import { startProcess } from './own-process';

/** Starts WebKitGTK's MiniBrowser through its WebDriver, on a virtual display. */
export async function startWebKit({ blocksStorage }: Strictness): Promise<Driver> {
  const { display, screen } = await startDisplay();
  const port = await findFreePort(0, '127.0.0.1');
  const driver = startProcess('WebKitWebDriver', [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: display, WAYLAND_DISPLAY: '', GDK_BACKEND: 'x11' },
  });
  let session = '/session';

  async function request(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = Object(await response.json());
    if (!response.ok) throw toError(path, value);
    return value;
  }

  function send(command: Command, input: Record<string, unknown> = {}): Promise<unknown> {
    const path = commands[command].path.replace('{id}', String(input['id']));
    return request('POST', `${session}/${path}`, input);
  }

  async function close(): Promise<void> {
    // A browser that does not answer ends with its display.
    if (session !== '/session') await request('DELETE', session).catch(() => undefined);
    await driver.end();
    await screen.end();
  }

  // Without a named binary the driver starts MiniBrowser.
  const strict = blocksStorage ? ['--cookies-policy=never', '--enable-itp'] : [];
  const alwaysMatch = { 'webkitgtk:browserOptions': { args: ['--automation', ...strict] } };
  try {
    await untilReady(`http://127.0.0.1:${port}/status`, driver.hasEnded);
    const { sessionId, capabilities } = Object(
      await request('POST', session, { capabilities: { alwaysMatch } }),
    );
    session = `/session/${sessionId}`;
    return { browser: `WebKitGTK ${capabilities.browserVersion}`, send, close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

async function startDisplay() {
  const screen = startProcess(
    'Xvfb',
    ['-displayfd', '1', '-screen', '0', '1280x1000x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const { stdout } = screen.child;
  if (stdout)
    for await (const line of createInterface(stdout)) return { display: `:${line}`, screen };
  throw new Error('Xvfb did not start');
}
