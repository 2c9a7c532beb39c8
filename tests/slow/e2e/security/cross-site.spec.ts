import { expect, test } from '@/tests/e2e/support/embed-test';

// A page of another site calls the API with a valid link, in every way that browsers offer. `body` is a body that
// forms and beacons can send without a preflight request: JSON with the type of text.

const apiKey = 'of-a-retailers-back-end';

test.use({
  siteEnv: { LINKS_API_KEY: apiKey },
  allowedNoise:
    /CORS policy|ERR_|status of 40[135]|Refused to|frame-ancestors|MIME type|violates the following|frame because|policy violation|chrome-error/,
});

type Attack = [name: string, run: (url: string, token: string) => Promise<unknown> | undefined];

const attacks: Attack[] = [
  ['a form', (url) => submitForm(url, 'text/plain')],
  ['a form of parts', (url) => submitForm(url, 'multipart/form-data')],
  ['fetch, no-cors', (url, token) => post(url, 'no-cors', 'text/plain', token)],
  ['fetch, no-cors, of JSON', (url, token) => post(url, 'no-cors', 'application/json', token)],
  ['fetch, cors', (url, token) => post(url, 'cors', 'application/json', token)],
  ['fetch, cors, of text', (url, token) => post(url, 'cors', 'text/plain', token)],
  ['reading, no-cors', (url) => fetch(url, { mode: 'no-cors' })],
  ['reading, cors', (url, token) => fetch(url, { headers: { authorization: `Bearer ${token}` } })],
  ['another method', (url) => fetch(url, { method: 'PUT', mode: 'cors' })],
  ['a beacon', async (url) => navigator.sendBeacon(url, '{"clientMessageId":"x","body":"x"}')],
  ['a picture', (url) => load('img', 'src', url)],
  ['a script', (url) => load('script', 'src', url)],
  ['a style', (url) => load('link', 'href', url)],
  ['a film', (url) => load('video', 'src', url)],
  ['an object', (url) => load('object', 'data', url)],
  ['a frame', (url) => load('iframe', 'src', url)],
];

/** The functions above run in the page, where these are globals. */
declare function submitForm(url: string, enctype: string): Promise<void>;
declare function post(url: string, mode: string, type: string, token: string): Promise<Response>;
declare function load(tag: string, attribute: string, url: string): Promise<void>;

const inPage = `
  const body = JSON.stringify({ clientMessageId: crypto.randomUUID(), body: 'From elsewhere' });
  function load(tag, attribute, url) {
    return new Promise((resolve) => {
      const element = document.createElement(tag);
      element.onload = element.onerror = resolve;
      if (tag === 'link') element.rel = 'stylesheet';
      element.setAttribute(attribute, url);
      document.body.append(element);
    });
  }
  function submitForm(url, enctype) {
    return new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.name = 'target' + enctype;
      document.body.append(frame);
      const form = Object.assign(document.createElement('form'), { method: 'post', action: url, enctype, target: frame.name });
      form.append(Object.assign(document.createElement('input'), { name: body.slice(0, -1) + ',"x":"', value: '"}' }));
      document.body.append(form);
      frame.onload = resolve;
      form.submit();
    });
  }
  function post(url, mode, type, token) {
    return fetch(url, { method: 'POST', mode, body, credentials: 'include', headers: { 'content-type': type, authorization: 'Bearer ' + token } });
  }
`;

test('a page of another site cannot read the API or cause calls to Connect', async ({
  page,
  host,
  site,
  ordersUrl,
}) => {
  test.slow();
  const good = await site.token('shopping');
  const targets = [
    ...['messages', 'read', 'replacements', 'arrival', 'vehicle'].map((name) => ({
      path: `/api/order/${name}`,
      good,
    })),
    { path: '/api/links', good: apiKey },
  ];
  host.put('/evil', { html: `<script>${inPage}</script>` });
  const origin = host.origin('evil.localhost');
  const callsBefore = site.simulator.control.calls().length;
  for (const { path, good } of targets)
    for (const [name, run] of attacks) {
      await page.goto(`${origin}/evil`);
      const read = await page.evaluate(
        async ({ source, url, good }) => {
          const run = (0, eval)(`(${source})`) as (url: string, good: string) => unknown;
          try {
            const result = await run(url, good);
            return result instanceof Response ? await result.text() : '';
          } catch {
            return '';
          }
        },
        { source: String(run), url: ordersUrl + path, good },
      );
      expect([name, read]).toEqual([name, '']);
    }
  expect(site.simulator.control.calls()).toHaveLength(callsBefore);
  // The server rejects the requests that browsers send; browsers block the others.
  const lines = () => site.output.filter((line) => line.includes('"event":"request"'));
  await expect.poll(() => lines().length).toBeGreaterThan(attacks.length / 2);
  for (const line of lines()) expect(JSON.parse(line)).toMatchObject({ code: 'cross_site' });
  expect(site.simulator.control.chatTexts('shopping').join()).not.toContain('From elsewhere');
});

test('a page of the site itself can read the API', async ({ page, site }) => {
  const token = await site.token('waiting');
  await page.goto(`${site.url}/order`);
  const status = await page.evaluate(
    async ([url, good]) =>
      (await fetch(`${url}/api/order/messages`, { headers: { authorization: `Bearer ${good}` } }))
        .status,
    [site.url, token] as const,
  );
  expect(status).toBe(200);
});
