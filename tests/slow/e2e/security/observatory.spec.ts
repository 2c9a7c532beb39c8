import { spawnSync } from 'node:child_process';
import { plainRequest, type PlainAnswer } from '@/tests/support/plain-request';
import { expect, test } from '@/tests/e2e/support/site-test';

const siteEnv = {
  EMBED_ORIGINS: 'https://shop.example https://partner.example',
  // The picture host uses HTTPS as in production; the simulator uses HTTP.
  IMAGE_HOSTS: '*.instacart.com *.cloudfront.net',
};
test.use({ siteEnv });

/** Scores with the Observatory's own code, which `npm test` installs separately. */
function score({ status, headers, body: html }: PlainAnswer) {
  const input = JSON.stringify({ status, headers, html });
  const { stdout, stderr } = spawnSync('node', ['score.js'], { cwd: 'tests/observatory', input });
  expect(String(stderr)).toBe('');
  return JSON.parse(String(stdout)) as { score: number; grade: string; results: string[] };
}

for (const path of ['/order', '/embed']) {
  test(`${path} has an A+ of Mozilla’s Observatory with at least 130 points`, async ({ site }) => {
    const answer = await plainRequest(`${site.url}${path}`);
    const verdict = score({ ...answer, status: 200 });
    expect(verdict, verdict.results.join(', ')).toMatchObject({ grade: 'A+' });
    expect(verdict.score, verdict.results.join(', ')).toBeGreaterThanOrEqual(130);
  });
}

test('the scorer gives a page with a loose policy fewer points', async ({ site }) => {
  const { headers, ...answer } = await plainRequest(`${site.url}/order`);
  const policy = String(headers['content-security-policy']);
  const loose = policy.replace(/script-src [^;]*/, "script-src 'unsafe-inline'");
  const worse = { ...headers, 'content-security-policy': loose };
  expect(score({ ...answer, headers: worse }).score).toBeLessThan(100);
});
