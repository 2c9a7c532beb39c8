import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Request } from '@playwright/test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { demoUserId } from '@/tests/simulator/people';
import { blankEnv } from '@/tests/support/blank-env';
import { startRedis } from '@/tests/support/redis-server';
import { startSite, type Site } from '@/tests/support/site';
import { testLinkKeys } from '@/tests/support/test-link';
import { expect, test } from '@/tests/e2e/support/site-test';

const apiKey = 'retailer-back-end-key';

let redis: Awaited<ReturnType<typeof startRedis>>;
let site: Site;

test.beforeAll(async () => {
  redis = await startRedis();
  site = await startSite({ REDIS_URL: redis.url, LINKS_API_KEY: apiKey });
});

test.afterAll(async () => {
  await site.close();
  await redis.close();
});

async function mint(orderId: string): Promise<{ shortUrl: string; id: string }> {
  const response = await fetch(`${site.url}/api/links`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ orderId, userId: demoUserId }),
  });
  expect(response.status).toBe(201);
  const { shortUrl } = await response.json();
  const [, id = ''] = shortUrl.split('#');
  expect(shortUrl).toBe(`${site.url}/s#${id}`);
  return { shortUrl, id };
}

function readOrder(id: string) {
  return fetch(`${site.url}/api/order/messages`, { headers: { authorization: `Bearer ${id}` } });
}

test('a short link shows its order, is sent to the API only, and shows its order after a reload', async ({
  page,
}) => {
  const { shortUrl, id } = await mint('shopping');
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  await page.goto(shortUrl);
  await expect(page.getByText('You’re the best.')).toBeVisible();
  expect(page.url()).toBe(shortUrl);
  await page.reload();
  await expect(page.getByText('You’re the best.')).toBeVisible();
  expect(page.url()).toBe(shortUrl);

  for (const request of requests) {
    const { authorization, ...others } = await request.allHeaders();
    expect(`${request.url().replace(/#.*/, '')} ${JSON.stringify(others)}`).not.toContain(id);
    if (authorization) expect(request.url()).toBe(`${site.url}/api/order/messages`);
  }
  expect(site.output.join('\n')).not.toContain(id);
});

test(
  'a short link with punctuation appended and a short link in a frame show the order',
  { tag: '@slow' },
  async ({ page }) => {
    const { shortUrl, id } = await mint('shopping');
    for (const url of [`${shortUrl}.`, `${shortUrl}%20`, `${site.url}/embed#${id}`]) {
      await page.goto('about:blank');
      await page.goto(url);
      await expect(page.getByText('You’re the best.')).toBeVisible();
    }
  },
);

test('the page of short links equals the order page and cannot be framed', async () => {
  const read = async (path: string) => {
    const response = await fetch(`${site.url}${path}`);
    const policy = response.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(response.headers.get('cache-control')).toContain('no-store');
    return { policy: policy.replaceAll(nonce, ''), html: await response.text() };
  };
  const [short, long] = [await read('/s'), await read('/order')];
  expect(short.policy).toBe(long.policy);
  expect(short.policy).toContain("frame-ancestors 'none'");
  expect(short.html).toContain('earlyOrderRequest');
});

test.describe('with Redis hung', () => {
  test.use({ allowedNoise: /status of 503/ });

  test(
    'a valid short link is not reported as invalid, and the page retries',
    { tag: '@slow' },
    async ({ page }) => {
      const { shortUrl } = await mint('shopping');
      redis.hang();
      await page.goto(shortUrl);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(
        copy.problems.upstream_unavailable.title,
      );
      redis.resume();
      await expect(page.getByText('You’re the best.')).toBeVisible({ timeout: 20_000 });
    },
  );
});

test(
  'the command line revokes the order of an open page within 10 s and restores it',
  { tag: '@slow' },
  async () => {
    test.setTimeout(60_000);
    const link = (...args: string[]) =>
      promisify(execFile)('npm', ['run', '-s', 'link', '--', ...args, '--order', 'documented'], {
        env: { ...process.env, ...blankEnv, LINK_KEYS: testLinkKeys, REDIS_URL: redis.url },
      });
    const { id } = await mint('documented');
    expect((await readOrder(id)).status).toBe(200);
    await link('--revoke');
    await expect.poll(async () => (await readOrder(id)).status, { timeout: 10_000 }).toBe(401);
    await link('--restore');
    await expect.poll(async () => (await readOrder(id)).status, { timeout: 10_000 }).toBe(200);
  },
);
