import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { toTimestamp } from '@/tests/simulator/clock';
import { plainRequest } from '@/tests/support/plain-request';
import type { Site } from '@/tests/support/site';
import { expect, test } from '@/tests/e2e/support/site-test';

// Every payload in every string that a page shows must stay text.

const payloads = readFileSync('tests/slow/e2e/security/xss-payloads.txt', 'utf8')
  .split('\n')
  .filter(Boolean);
// Longer than the names that the headline shows, as the payloads are.
const HARMLESS = 'A plain word that is long';
const BATCH = 45;

const storeName = '</title></script><img src=x onerror=alert(1)>"\'><script>alert(1)</script>';
const replies = payloads.filter((text) => text.length <= 80 && !text.includes('|')).slice(0, 8);
const siteEnv = {
  LIMITS: 'off',
  RETAILER_NAME: storeName,
  QUICK_REPLIES: replies.join('|'),
  SUPPORT_URL: 'https://store.example/"><script>alert(1)</script>',
};
test.use({ siteEnv });

/** Puts an order that uses `texts` in every text field in turn. */
function putOrderOf({ simulator }: Site, texts: string[]): string {
  const nowMs = Date.now();
  const person = (text: string, index: number) => ({
    id: 500 + index,
    display_name: text,
    avatar_url: text,
    unknown_field: text,
  });
  const at = (index: number) => toTimestamp(nowMs - (texts.length - index) * 3_600_000);
  const orderId = randomUUID();
  simulator.control.putOrder(orderId, {
    body: {
      chat_messages: texts.map((body, index) => ({
        id: 1_000 + index,
        order_id: 1,
        created_at: at(index),
        recipient_id: index % 2 ? 500 + index : 8,
        recipient_type: body,
        sender_id: index % 2 ? 8 : 500 + index,
        sender_type: index % 2 ? 'user' : 'driver',
        read: true,
        read_at: body,
        body: `${body} .`,
        image: body,
        [body]: body,
      })),
      lifecycle_messages: texts.map((body, index) => ({
        notification_id: 9_000 + index,
        medium: body,
        recipient_phone_number: body,
        created_at: at(index),
        sent_at: body,
        body: `${body} ${index}`,
        image: body,
      })),
      metadata: {
        customer: { ...person(texts[0] ?? '', 0), id: 8 },
        current_shopper: person(texts[0] ?? '', 0),
        shoppers: texts.map(person),
        is_expired: false,
      },
    },
  });
  return orderId;
}

/** Counts elements by name, without links and the parts into which links split a text. */
function countElements(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => {
    const counts: Record<string, number> = {};
    for (const { localName } of document.querySelectorAll(':not(a, bdi > span)'))
      counts[localName] = (counts[localName] ?? 0) + 1;
    return counts;
  });
}

function watch(page: Page, { url, simulator }: Site) {
  const bad: string[] = [];
  const known = [url, simulator.url].map((text) => new URL(text).host);
  page.on('dialog', (dialog) => bad.push(`dialog: ${dialog.message()}`));
  page.on('popup', () => bad.push('popup'));
  page.on('request', (request) => {
    if (!known.includes(new URL(request.url()).host)) bad.push(request.url());
  });
  return bad;
}

async function showAll(page: Page, site: Site, texts: string[]) {
  await page.goto(await site.link(putOrderOf(site, texts)));
  await expect(page.getByText(`${texts.at(-1)} .`.replace(/\s+/g, ' ')).first()).toBeAttached();
  // The items come after the first view.
  await expect(page.locator('.item-groups')).toBeAttached();
  return countElements(page);
}

test('at least a hundred payloads are tested', () => {
  expect(new Set(payloads).size).toBeGreaterThanOrEqual(100);
});

for (let from = 0; from < payloads.length; from += BATCH) {
  const some = payloads.slice(from, from + BATCH);
  test(`payloads ${from + 1} to ${from + some.length} stay text in every field`, async ({
    page,
    site,
  }) => {
    await page.setViewportSize({ width: 1280, height: 900 });
    const bad = watch(page, site);
    const harmless = await showAll(
      page,
      site,
      some.map(() => HARMLESS),
    );
    const counts = await showAll(page, site, some);
    expect(counts).toEqual(harmless);
    expect(counts['li']).toBeGreaterThan(2 * some.length - 1);
    const targets = await page
      .locator('a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    for (const target of targets) expect(target).toMatch(/^(https:\/\/|tel:\+?\d+$)/);
    const shown = await page.locator('body').innerText();
    for (const text of some) expect(shown).toContain(text.replace(/https:\/\/.*/, ''));
    expect(bad).toEqual([]);
  });
}

test.describe('in an address', () => {
  test.use({ allowedNoise: /status of 401/ });

  test('a payload in the fragment is an invalid link', async ({ page, site }) => {
    const bad = watch(page, site);
    await page.goto(`${site.url}/order#plain`);
    const invalid = page.getByText(copy.problems.link_invalid.title);
    await expect(invalid).toBeVisible();
    const harmless = await countElements(page);
    for (const [index, text] of payloads.filter((_, at) => at % 4 === 0).entries()) {
      const refused = page.waitForResponse('**/api/order/messages');
      await page.evaluate((hash) => (location.hash = hash), `${index}${text}`);
      expect((await refused).status()).toBe(401);
      await expect(invalid).toBeVisible();
      expect(await countElements(page)).toEqual(harmless);
    }
    expect(bad).toEqual([]);
  });

  test('a payload in path or query does not change the elements of the answer', async ({
    site,
  }) => {
    const tags = async (path: string) => {
      const { headers, body } = await plainRequest(site.url, {}, 'GET', { path });
      expect(headers).not.toHaveProperty('location');
      return body.match(/<[a-z!/][^\s>]*/gi)?.join();
    };
    const [nowhere, embed] = [await tags('/plain'), await tags('/embed?theme=plain')];
    for (const text of payloads) {
      const encoded = encodeURIComponent(text);
      const raw = text.replace(/[^\x21-\x7e]|[#?]/g, '');
      expect(await tags(`/${raw}`)).toBe(nowhere);
      for (const query of [encoded, raw]) expect(await tags(`/embed?theme=${query}`)).toBe(embed);
    }
  });
});

test('the store’s name, quick answers and address stay text', async ({ page, site }) => {
  const bad = watch(page, site);
  await page.goto(await site.link(putOrderOf(site, ['Is this fine?'])));
  for (const text of replies)
    await expect(page.getByRole('button', { name: text, exact: true })).toBeAttached();
  expect(await page.title()).toContain(storeName);
  await expect(page.getByRole('banner')).toContainText(storeName);
  // Scripts that the page itself loads later need no nonce.
  const foreign = page.locator('[src=x], script:not([nonce], [src^="/_next/static/"])');
  await expect(foreign).toHaveCount(0);
  expect(bad).toEqual([]);
});
