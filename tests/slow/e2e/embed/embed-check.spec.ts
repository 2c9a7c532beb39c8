import type { FrameLocator } from '@playwright/test';
import { expect, frameOf, test } from '@/tests/e2e/support/embed-test';
import { elementHtml } from '@/tests/e2e/support/host-page';

function row(frame: FrameLocator, subject: string) {
  return frame.locator('dl > div').filter({ hasText: subject });
}

test('the check on an allowed site reports no problem and reads no order', async ({
  page,
  host,
  site,
  ordersUrl,
  openHostPage,
  hostEvents,
}) => {
  const callsBefore = site.simulator.control.calls().length;
  const shop = host.origin('shop.localhost');
  await openHostPage(elementHtml(ordersUrl, '', 'check theme="dark"'));
  const frame = frameOf(page);
  await expect(row(frame, 'Framing origin')).toContainText(`${shop}: allowed`);
  await expect(row(frame, 'Handshake with embed.js')).toContainText(`Version 1 with ${shop}`);
  await expect(row(frame, 'Handshake with embed.js')).toContainText('theme dark');
  await expect(row(frame, 'Height')).toContainText('auto');
  await expect(row(frame, 'Server')).toContainText('It answers');
  await expect(row(frame, 'Policy violations in the frame')).toContainText('None seen');
  await expect(frame.getByText('Problem', { exact: true })).toHaveCount(0);
  await expect.poll(() => hostEvents('ready')).not.toEqual([]);
  expect(site.simulator.control.calls()).toHaveLength(callsBefore);
  const hiddenPx = () =>
    frame.locator('html').evaluate((html) => html.scrollHeight - html.clientHeight);
  await expect.poll(hiddenPx).toBe(0);
});

test('the check on another site names the origin that EMBED_ORIGINS lacks', async ({
  page,
  host,
  ordersUrl,
  openHostPage,
}) => {
  const evil = host.origin('evil.localhost');
  await openHostPage(elementHtml(ordersUrl, '', 'check height="500"'), {
    hostname: 'evil.localhost',
  });
  await expect(row(frameOf(page), 'Framing origin')).toContainText(`Not in EMBED_ORIGINS: ${evil}`);
  await expect(row(frameOf(page), 'Height')).toContainText('fixed');
});

test('the check in a plain iframe reports no handshake, and outside a frame that it is not framed', async ({
  page,
  ordersUrl,
  openHostPage,
}) => {
  await openHostPage(
    `<iframe title="Check" src="${ordersUrl}/embed/check" width="700" height="700"></iframe>`,
  );
  await expect(row(frameOf(page, 'iframe'), 'Handshake with embed.js')).toContainText(
    'No message yet',
  );
  await page.goto(`${ordersUrl}/embed/check`);
  await expect(page.getByText('This page is not in a frame.')).toBeVisible();
});

test.describe('with problems', () => {
  test.use({
    allowedNoise: /policy violation|violates the following|insecure|Refused|status of 502/,
  });

  test('the check reports blocked storage, a policy violation and a server that does not answer', async ({
    page,
    ordersUrl,
    openHostPage,
  }) => {
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, 'localStorage', {
        get() {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      });
    });
    await page.route('**/healthz', (route) => route.fulfill({ status: 502, body: '' }));
    await openHostPage(elementHtml(ordersUrl, '', 'check'));
    const frame = frameOf(page);
    await expect(row(frame, 'Storage')).toContainText('Blocked');
    await expect(row(frame, 'Server')).toContainText('does not answer');
    await frame.locator('body').evaluate((body) => {
      const image = document.createElement('img');
      image.src = 'https://elsewhere.example/pixel.gif';
      body.append(image);
    });
    await expect(row(frame, 'Policy violations in the frame')).toContainText('img-src');
  });
});
