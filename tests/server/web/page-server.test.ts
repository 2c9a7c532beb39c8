import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseEnv } from '@/lib/server/config/env';
import { createPageServer } from '@/lib/server/web/page-server';
import { findPageEntry, NOT_FOUND_PATH, PAGES } from '@/lib/server/config/site';
import { plainRequest } from '@/tests/support/plain-request';
import { testLinkKeys } from '@/tests/support/test-link';
import type { Locale } from '@/lib/order/copy/locales';

const env = parseEnv({
  LINK_KEYS: testLinkKeys,
  PUBLIC_URL: 'https://orders.example.com',
  CONNECT_ACCESS_TOKEN: 'any',
  EMBED_COEP: '1',
});
const renderedNonce = 'AAAAAAAAAAAAAAAAAAAAAA==';

/** Pages as Next.js renders them. */
function toAnswer(path: string, isLinkPreview: boolean, locale: Locale = 'en-US') {
  const name = `${path} ${locale}${isLinkPreview ? ' preview' : ''}`;
  return {
    path,
    locale,
    isLinkPreview,
    status: path === NOT_FOUND_PATH ? 404 : 200,
    headers: [['content-security-policy', `script-src 'nonce-${renderedNonce}'`]] satisfies [
      string,
      string,
    ][],
    body: Buffer.from(
      `<script nonce="${renderedNonce}"></script>${name}<p nonce="${renderedNonce}">`,
    ),
  };
}

const answers = [...PAGES.map(({ path }) => path), NOT_FOUND_PATH].flatMap((path) =>
  env.LOCALES.flatMap((locale) => [
    toAnswer(path, false, locale),
    ...(path === '/order' || path === '/s' ? [toAnswer(path, true, locale)] : []),
  ]),
);
const servePage = createPageServer(answers, env);
const server = createServer((request, response) => {
  const [requested = ''] = (request.url ?? '').split('?', 1);
  const path = findPageEntry(requested)?.path ?? NOT_FOUND_PATH;
  servePage(request, response, path);
});
let url = '';

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => void server.close());

function readNonce(policy: unknown): string {
  return /script-src 'nonce-([\w+/]{22}==)'/.exec(String(policy))?.[1] ?? '';
}

test('two responses of a page differ only in their nonce', async () => {
  const bodies = await Promise.all(
    [1, 2].map(async () => {
      const { headers, body } = await plainRequest(`${url}/order`);
      const nonce = readNonce(headers['content-security-policy']);
      expect(body.split(nonce)).toHaveLength(3);
      expect(body).not.toContain(renderedNonce);
      return { nonce, text: body.replaceAll(nonce, '') };
    }),
  );
  expect(bodies[0]?.nonce).not.toBe(bodies[1]?.nonce);
  expect(bodies[0]?.text).toBe(bodies[1]?.text);
});

test('a client for link previews gets the page that was rendered for previews', async () => {
  const preview = await plainRequest(`${url}/s`, { 'user-agent': 'WhatsApp/2.23' });
  expect(preview.body).toContain('/s en-US preview');
  expect((await plainRequest(`${url}/s`)).body).not.toContain('preview');
  // Frames have no previews.
  const embed = await plainRequest(`${url}/embed`, { 'user-agent': 'WhatsApp/2.23' });
  expect(embed.body).toContain('/embed en-US<');
});

test('a page is compressed for a client that accepts gzip', async () => {
  const zipped = await fetch(`${url}/order`, { headers: { 'accept-encoding': 'gzip' } });
  expect(zipped.headers.get('content-encoding')).toBe('gzip');
  expect(await zipped.text()).toContain('/order');
});

test('the isolation headers of /embed depend on the browser', async () => {
  const chromium = await plainRequest(`${url}/embed`, { 'user-agent': 'Chrome/150' });
  const other = await plainRequest(`${url}/embed`, { 'user-agent': 'Safari' });
  const policies = [chromium, other].map(({ headers }) => headers['cross-origin-embedder-policy']);
  expect(policies).toEqual(['credentialless', 'require-corp']);
});

test('an unknown path gets 404, and the response to HEAD has no body', async () => {
  expect((await plainRequest(`${url}/nowhere`)).status).toBe(404);
  expect(await plainRequest(`${url}/order`, {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
});

test('a rendered page with a wrong status or without a nonce stops the start', () => {
  const broken = { ...toAnswer('/order', false), status: 500 };
  expect(() => createPageServer([broken], env)).toThrow('/order');
  const bare = { ...toAnswer('/order', false), headers: [] };
  expect(() => createPageServer([bare], env)).toThrow('/order');
});

test.each([
  ['', 'fr-FR, en;q=0.5', 'fr-CA'],
  ['', 'en;q=0.5, es-MX', 'es-US'],
  ['', 'de, *;q=0.1', 'en-US'],
  ['', '', 'en-US'],
  ['', 'x'.repeat(4_000), 'en-US'],
  // The time for a list is limited, so its end is not read.
  ['', `${'xx,'.repeat(2_000)}fr-CA`, 'en-US'],
  ['', `${'xx,'.repeat(300)}fr-CA`, 'fr-CA'],
  ['?theme=dark&locale=es', 'fr-CA', 'es-US'],
  ['?locale=tlh', 'fr-CA', 'fr-CA'],
  ['?locale=%FF', 'fr-CA', 'fr-CA'],
])('the page /embed%s for "Accept-Language: %s" is in %s', async (query, wanted, locale) => {
  const headers = { 'accept-language': wanted };
  const response = await plainRequest(`${url}/embed${query}`, headers);
  expect(response.body).toContain(`/embed ${locale}`);
  expect(response.headers.vary).toContain('accept-language');
});
