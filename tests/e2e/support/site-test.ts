import { expect, test as base } from '@playwright/test';
import { startSite as start, type Site } from '@/tests/support/site';

export { expect };

type WorkerFixtures = {
  /** Environment variables of the site, in addition to the tests' own. */
  siteEnv: Record<string, string>;
  site: Site;
};

type TestFixtures = {
  /** Starts a further site with a simulator, which is closed after the test. */
  startSite: typeof start;
  /** A further site for one test, which would disturb other tests on the shared site. */
  ownSite: Site;
  /** Console messages that the test causes on purpose. */
  allowedNoise: RegExp;
  failOnNoise: undefined;
};

/** Tests fail on console warnings and errors, page errors, violations of the page's policy, and cookies. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  siteEnv: [{}, { scope: 'worker', option: true }],
  site: [
    async ({ siteEnv }, provide) => {
      const site = await start(siteEnv);
      await provide(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  startSite: async ({}, provide) => {
    const sites: Site[] = [];
    await provide(async (...settings) => {
      const site = await start(...settings);
      sites.push(site);
      return site;
    });
    await Promise.all(sites.map((site) => site.close()));
  },
  ownSite: async ({ startSite }, provide) => provide(await startSite()),
  allowedNoise: [/(?!)/, { option: true }],
  failOnNoise: [
    async ({ context, allowedNoise }, provide) => {
      const noise: string[] = [];
      context.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) noise.push(message.text());
      });
      const cookies: Promise<string | null>[] = [];
      // Playwright reports Set-Cookie after the response, and not at all after the page is closed.
      context.on('response', (response) =>
        cookies.push(response.headerValue('set-cookie').catch(() => null)),
      );
      context.on('weberror', (webError) => noise.push(webError.error().message));
      await context.addInitScript(() => {
        addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
          console.error(`policy violation: ${violatedDirective} ${blockedURI}`),
        );
      });
      await provide(undefined);
      const unexpected = noise.filter((text) => !allowedNoise.test(text));
      expect(unexpected).toEqual([]);
      expect((await Promise.all(cookies)).filter(Boolean)).toEqual([]);
    },
    { auto: true },
  ],
});
