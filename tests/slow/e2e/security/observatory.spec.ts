import { spawnSync } from 'node:child_process';
import { plainRequest, type PlainAnswer } from '@/tests/support/plain-request';
import { expect, test } from '@/tests/e2e/support/site-test';

const siteEnv = {
  EMBED_ORIGINS: 'https://shop.example https://partner.example',
  // As in production: those of the tests speak plain http.
  IMAGE_HOSTS: '*.instacart.com *.cloudfront.net',
};
test.use({ siteEnv });

/** By the scorer's own code, which `npm test` installs apart from the product. */
function score({ status, headers, body: html }: PlainAnswer) {
  const input = JSON.stringify({ status, headers, html });
  const { stdout, stderr } = spawnSync('node', ['score.js'], { cwd: 'tests/observatory', input });
  expect(String(stderr)).toBe('');
  return JSON.parse(String(stdout)) as { score: number; grade: string; results: string[] };
}

for (const path of ['/order', '/embed']) {
  test(`${path} has an A+ of Mozilla’s observatory, and 130 points or more`, async ({ site }) => {
    const answer = await plainRequest(`${site.url}${path}`);
    const verdict = score({ ...answer, status: 200 });
    expect(verdict, verdict.results.join(', ')).toMatchObject({ grade: 'A+' });
    expect(verdict.score, verdict.results.join(', ')).toBeGreaterThanOrEqual(130);
  });
}

test('the scorer knows a worse page', async ({ site }) => {
  const { headers, ...answer } = await plainRequest(`${site.url}/order`);
  const policy = String(headers['content-security-policy']);
  const loose = policy.replace(/script-src [^;]*/, "script-src 'unsafe-inline'");
  const worse = { ...headers, 'content-security-policy': loose };
  expect(score({ ...answer, headers: worse }).score).toBeLessThan(100);
});
