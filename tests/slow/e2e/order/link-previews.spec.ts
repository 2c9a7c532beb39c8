import { request as plainRequest } from 'node:http';
import { findAxeViolations } from '@/tests/e2e/support/find-axe-violations';
import { expect, test } from '@/tests/e2e/support/site-test';
import { shellCopy } from '@/lib/order/copy/en-US/shell';

// Messengers open a link for a preview, and gateways for a malware scan, before the customer does.

const AGENTS = {
  iMessage:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
  WhatsApp: 'WhatsApp/2.23.20.0 A',
  Telegram: 'TelegramBot (like TwitterBot)',
  Slack: 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  Discord: 'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
  Facebook: 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  LinkedIn: 'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
  bingbot:
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36',
};

const logo = 'https://www.example.com/logo.png';
test.use({ siteEnv: { RETAILER_LOGO_URL: logo } });

/** HTTP clients do not send fragments, so robots request the address without the fragment. */
function requestAs(url: string, method: string, agent: string) {
  return new Promise<{ status: number; robots: unknown; body: string }>((resolve, reject) => {
    const headers = { 'user-agent': agent };
    plainRequest(url, { method, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          robots: response.headers['x-robots-tag'],
          body,
        }),
      );
    })
      .on('error', reject)
      .end();
  });
}

for (const [name, agent] of Object.entries(AGENTS)) {
  test(`${name} gets a neutral preview without a call to Connect`, async ({ page, site }) => {
    await page.route(logo, (route) => route.fulfill({ status: 200, body: '' }));
    const callsBefore = site.simulator.control.calls().length;
    const link = await site.link('shopping');
    const card = await requestAs(link, 'GET', agent);
    expect(card).toMatchObject({ status: 200, robots: 'noindex, nofollow' });
    for (const [property, content] of [
      ['og:title', 'Order status · Greenfield Market'],
      ['og:site_name', 'Greenfield Market'],
      ['og:description', shellCopy.description],
      ['og:image', logo],
    ])
      expect(card.body).toContain(`<meta property="${property}" content="${content}"/>`);
    expect(card.body).toContain('<meta name="robots" content="noindex, nofollow"/>');
    expect(card.body).not.toMatch(/Zelma|John|shopping|eyJ/);
    expect(await requestAs(link, 'HEAD', agent)).toMatchObject({ status: 200, body: '' });
    expect(site.simulator.control.calls()).toHaveLength(callsBefore);
    await page.goto(link);
    await expect(page.getByText('You’re the best.')).toBeVisible();
  });
}

test.describe('a robot that runs scripts', () => {
  test.use({ userAgent: AGENTS.bingbot, allowedNoise: /logo\.png|ERR_/ });

  test('requests no order, and a person with the same user agent needs one tap', async ({
    page,
    site,
  }) => {
    await page.route(logo, (route) => route.fulfill({ status: 200, body: '' }));
    const polls: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/api/')) polls.push(request.url());
    });
    await page.goto(await site.link('shopping'));
    const show = page.getByRole('button', { name: shellCopy.showOrder });
    await expect(show).toBeVisible();
    await page.waitForLoadState('networkidle');
    expect(polls).toEqual([]);
    expect(await findAxeViolations(page)).toEqual([]);
    expect(await page.locator('body').innerText()).not.toMatch(/Zelma|John/);
    await show.click();
    await expect(page.getByText('You’re the best.')).toBeVisible();
  });
});

test('robots.txt disallows everything', async ({ site }) => {
  const robots = await fetch(`${site.url}/robots.txt`);
  expect(robots.headers.get('x-robots-tag')).toBe('noindex, nofollow');
  const text = await robots.text();
  expect(text).toContain('User-agent: *');
  expect(text).toMatch(/^Disallow: \/api\/$/m);
  expect(text).not.toMatch(/^Disallow: \/$/m);
});
