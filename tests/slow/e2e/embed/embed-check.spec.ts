import type { FrameLocator } from '@playwright/test';
import { expect, frameOf, test } from '@/tests/e2e/support/embed-test';

function row(frame: FrameLocator, subject: string) {
  return frame.locator('dl > div').filter({ hasText: subject });
}

test('framed by embed.js on a site that may, the check finds nothing wrong and knows no order', async ({
  page,
  host,
  site,
  ordersUrl,
  heard,
}) => {
  host.put('/check', {
    html: `<script src="${ordersUrl}/embed.js"></script><order-status check theme="dark"></order-status>`,
  });
  const callsBefore = site.simulator.control.calls().length;
  const shop = host.origin('shop.localhost');
  await page.goto(`${shop}/check`);
  const frame = frameOf(page);
  await expect(row(frame, 'Framing origin')).toContainText(`${shop}: allowed`);
  await expect(row(frame, 'Handshake with embed.js')).toContainText(`Version 1 with ${shop}`);
  await expect(row(frame, 'Handshake with embed.js')).toContainText('theme dark');
  await expect(row(frame, 'Height')).toContainText('auto');
  await expect(row(frame, 'Server')).toContainText('It answers');
  await expect(row(frame, 'Policy violations in the frame')).toContainText('None seen');
  await expect(frame.getByText('Problem', { exact: true })).toHaveCount(0);
  await expect.poll(async () => (await heard(page)).map(([name]) => name)).toContain('ready');
  expect(site.simulator.control.calls()).toHaveLength(callsBefore);
  const hiddenPx = () =>
    frame.locator('html').evaluate((html) => html.scrollHeight - html.clientHeight);
  await expect.poll(hiddenPx).toBe(0);
});

test('on a site that may not, it names the origin that is missing', async ({
  page,
  host,
  ordersUrl,
}) => {
  host.put('/check', {
    html: `<script src="${ordersUrl}/embed.js"></script><order-status check height="500"></order-status>`,
  });
  const evil = host.origin('evil.localhost');
  await page.goto(`${evil}/check`);
  await expect(row(frameOf(page), 'Framing origin')).toContainText(`Not in EMBED_ORIGINS: ${evil}`);
  await expect(row(frameOf(page), 'Height')).toContainText('fixed');
});

test('in a plain iframe it says that no script has spoken, and without a frame that there is none', async ({
  page,
  host,
  ordersUrl,
}) => {
  host.put('/plain', {
    html: `<iframe title="Check" src="${ordersUrl}/embed/check" width="700" height="700"></iframe>`,
  });
  await page.goto(`${host.origin('shop.localhost')}/plain`);
  await expect(row(frameOf(page, 'iframe'), 'Handshake with embed.js')).toContainText('Not heard');
  await page.goto(`${ordersUrl}/embed/check`);
  await expect(page.getByText('This page is not in a frame.')).toBeVisible();
});

test.describe('with something wrong', () => {
  test.use({
    allowedNoise: /policy violation|violates the following|insecure|Refused|status of 502/,
  });

  test('it shows blocked storage, a violated policy and a server that does not answer', async ({
    page,
    host,
    ordersUrl,
  }) => {
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, 'localStorage', {
        get() {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      });
    });
    await page.route('**/healthz', (route) => route.fulfill({ status: 502, body: '' }));
    host.put('/broken', {
      html: `<script src="${ordersUrl}/embed.js"></script><order-status check></order-status>`,
    });
    await page.goto(`${host.origin('shop.localhost')}/broken`);
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
