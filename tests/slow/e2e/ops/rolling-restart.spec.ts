import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { startBalancer } from '@/tests/support/balancer';
import { startSite, type Site } from '@/tests/support/site';

const REQUEST_EVERY_MS = 20;

test.setTimeout(60_000);

test('a rolling restart under 50 requests per second fails no request', async () => {
  const settings = { DRAIN_SECONDS: '3', LIMITS: 'off' };
  const sites: Site[] = [await startSite(settings), await startSite(settings)];
  const balancer = await startBalancer(() => sites.map(({ url }) => url));
  const authorization = `Bearer ${(await sites[0]?.token('shopping')) ?? ''}`;
  const api = `${balancer.url}/api/order/messages`;
  const requests = [
    () => fetch(api, { headers: { authorization } }),
    () => fetch(`${balancer.url}/order`),
    () =>
      fetch(api, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ clientMessageId: randomUUID(), body: `Hello ${randomUUID()}` }),
      }),
    () => fetch(api, { headers: { authorization } }),
  ];
  const statuses: (number | string)[] = [];
  const answers: Promise<unknown>[] = [];
  let requestCount = 0;
  const load = setInterval(() => {
    const send = requests[requestCount++ % requests.length];
    const answer = send?.().then(
      async (response) => {
        await response.arrayBuffer();
        statuses.push(response.status);
      },
      (cause: unknown) => statuses.push(String(cause)),
    );
    if (answer) answers.push(answer);
  }, REQUEST_EVERY_MS);

  const olds = [...sites];
  for (const old of olds) {
    sites.push(await startSite(settings));
    await expect.poll(balancer.readyCount).toBe(3);
    await old.stop();
    expect(old.output.at(-1)).toContain('"state":"stopped"');
    sites.splice(sites.indexOf(old), 1);
  }
  clearInterval(load);
  await Promise.all(answers);
  balancer.close();
  for (const site of [...sites, ...olds]) await site.close();

  const counts = Object.fromEntries(
    [...new Set(statuses)].map((status) => [status, statuses.filter((s) => s === status).length]),
  );
  expect(Object.keys(counts)).toEqual(['200', '201']);
  expect(statuses.length).toBeGreaterThan(150);
});
