import { expect, expectText, test } from './browser-test';
import { withElement } from './host-html';

test.use({ siteEnv: { EMBED_COEP: '1' } });

test('a cross-origin isolated host frames the order', async ({ tab, host, site }) => {
  const html = withElement(site.url, await site.token('shopping'));
  host.put('/isolated', {
    html: html.replace('<script src', '<script crossorigin src'),
    headers: {
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
    },
  });
  await tab.open(`${host.origin('127.0.0.1')}/isolated`);
  expect(await tab.run(() => crossOriginIsolated)).toBe(true);
  await tab.enter();
  await expectText(tab, 'You’re the best.');
  const hasPicture = () =>
    tab.run(() => {
      const photos = [...document.querySelectorAll<HTMLImageElement>('button img')];
      return photos.some((photo) => photo.naturalWidth > 0);
    });
  await expect.poll(hasPicture).toBe(true);
});
