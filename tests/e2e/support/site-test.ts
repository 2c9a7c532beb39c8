import { expect, test as base } from '@playwright/test';
import { startSite, type Site } from '@/tests/support/site';

export { expect };

type WorkerFixtures = {
  /** Environment of the site, on top of the tests' own. */
  siteEnv: Record<string, string>;
  site: Site;
};

type TestFixtures = {
  /** One more site for a single test, for what would be felt by others. */
  ownSite: Site;
  /** Messages that this test makes the console write on purpose. */
  allowedNoise: RegExp;
  quiet: undefined;
};

/** Every test fails on console noise, page errors, violations of the page's policy and cookies. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  siteEnv: [{}, { scope: 'worker', option: true }],
  site: [
    async ({ siteEnv }, use) => {
      const site = await startSite(siteEnv);
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  ownSite: [
    async ({}, use) => {
      const site = await startSite();
      await use(site);
      await site.close();
    },
    { scope: 'test' },
  ],
  allowedNoise: [/(?!)/, { option: true }],
  quiet: [
    async ({ context, allowedNoise }, use) => {
      const noise: string[] = [];
      context.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) noise.push(message.text());
      });
      const cookies: Promise<string | null>[] = [];
      // Headers of cookies are told late, and not at all once a page has gone.
      context.on('response', (response) =>
        cookies.push(response.headerValue('set-cookie').catch(() => null)),
      );
      context.on('weberror', (webError) => noise.push(webError.error().message));
      await context.addInitScript(() => {
        addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
          console.error(`policy violation: ${violatedDirective} ${blockedURI}`),
        );
      });
      await use(undefined);
      const unexpected = noise.filter((text) => !allowedNoise.test(text));
      expect(unexpected).toEqual([]);
      expect((await Promise.all(cookies)).filter(Boolean)).toEqual([]);
    },
    { auto: true },
  ],
});
