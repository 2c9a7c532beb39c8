import { expect, test } from 'vitest';
import { API_ROUTES, PAGES, PUBLIC_FILES, STATIC_PREFIX } from '@/lib/server/config/site';
import { config } from '@/proxy';

const matches = (path: string) => new RegExp(`^${config.matcher[0]}$`).test(path);

test('the proxy does not run for API routes and build files', () => {
  for (const path of [...API_ROUTES, `${STATIC_PREFIX}chunks/main.js`])
    expect([path, matches(path)]).toEqual([path, false]);
});

test('the proxy runs for pages, public files and unknown paths', () => {
  const known = [...PAGES, ...PUBLIC_FILES].map(({ path }) => path);
  for (const path of [...known, '/', '/nowhere', '/api/nothing', '/api/links/x', '/healthz/x'])
    expect([path, matches(path)]).toEqual([path, true]);
});
