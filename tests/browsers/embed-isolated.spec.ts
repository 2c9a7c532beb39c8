import { elementHtml } from '@/tests/e2e/support/host-page';
import { expect, expectText, test } from './browser-test';

test.use({ siteEnv: { EMBED_COEP: '1' } });

test('a cross-origin isolated host page frames the order with its pictures', async ({
  tab,
  site,
  openHostPage,
}) => {
  const html = elementHtml(site.url, await site.token('shopping'));
  await openHostPage(html.replace('<script src', '<script crossorigin src'), {
    headers: {
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
    },
  });
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
