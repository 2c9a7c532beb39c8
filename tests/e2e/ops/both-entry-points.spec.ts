import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { demoUserId } from '@/tests/simulator/people';
import { apiHeaders } from '@/tests/support/api-headers';
import { plainRequest, type PlainAnswer } from '@/tests/support/plain-request';
import { startSite, type Door, type Site } from '@/tests/support/site';

// The contract of the API, word for word the same under `npm start` and under Next alone.

const key = 'retailer-back-end-key';
const json = { 'content-type': 'application/json' };

for (const door of ['npm start', 'next start'] satisfies Door[])
  test.describe(door, () => {
    let site: Site;
    let bearer: { authorization: string };
    test.beforeAll(async () => {
      site = await startSite({ LINKS_API_KEY: key, LOG_LEVEL: 'error' }, door);
      bearer = { authorization: `Bearer ${await site.token('shopping')}` };
    });
    test.afterAll(() => site.close());

    const ask = (headers: Record<string, string> = {}, method = 'GET', body?: unknown) =>
      plainRequest(`${site.url}/api/order/messages`, headers, method, {
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
    const codeOf = ({ status, body }: PlainAnswer) => [status, JSON.parse(body).error.code];

    test('an order is read, and not read again while it is the same', async () => {
      const order = await ask(bearer);
      expect(order).toMatchObject({ status: 200, headers: apiHeaders });
      expect(Object.keys(JSON.parse(order.body)).sort()).toEqual([
        ...['asOf', 'chat', 'people', 'pollAfterMs', 'stale', 'updates'],
      ]);
      const etag = String(order.headers.etag);
      const again = await ask({ ...bearer, 'if-none-match': etag });
      expect(again).toMatchObject({ status: 304, body: '', headers: { ...apiHeaders, etag } });
    });

    test('an order comes compressed to those who take it so', async () => {
      const url = `${site.url}/api/order/messages`;
      const zipped = await fetch(url, { headers: { ...bearer, 'accept-encoding': 'gzip' } });
      expect(zipped.headers.get('content-encoding')).toBe('gzip');
      expect(await zipped.json()).toHaveProperty('chat.state', 'open');
    });

    test('links that are no good are refused in the same bytes, and ended ones as such', async () => {
      const expired = await site.token('shopping', { exp: 1_700_000_000 });
      const nowhere = await site.token('nowhere');
      const refusals = await Promise.all([
        ask(),
        ask({ authorization: 'Bearer x' }),
        ask({ authorization: `${bearer.authorization.slice(0, -6)}AAAAAA` }),
      ]);
      for (const refusal of refusals) {
        expect(codeOf(refusal)).toEqual([401, 'link_invalid']);
        expect(refusal).toMatchObject({ headers: { ...apiHeaders, 'www-authenticate': 'Bearer' } });
        expect(refusal.body).toBe(refusals[0]?.body);
      }
      expect(codeOf(await ask({ authorization: `Bearer ${expired}` }))).toEqual([
        ...[410, 'link_expired'],
      ]);
      expect(codeOf(await ask({ authorization: `Bearer ${nowhere}` }))).toEqual([
        ...[404, 'order_not_found'],
      ]);
      expect(codeOf(await ask({ ...bearer, 'sec-fetch-site': 'cross-site' }))).toEqual([
        ...[403, 'cross_site'],
      ]);
    });

    test('a message is sent once, and what is wrong with one is told', async () => {
      const input = { clientMessageId: randomUUID(), body: 'Oat milk is fine.' };
      const headers = { ...bearer, ...json };
      const sent = await ask(headers, 'POST', input);
      expect([sent.status, JSON.parse(sent.body).message.body]).toEqual([201, input.body]);
      expect((await ask(headers, 'POST', input)).body).toBe(sent.body);
      expect(site.simulator.control.calls({ route: 'send' })).toHaveLength(1);
      const readOnly = `Bearer ${await site.token('shopping', { scp: 'read' })}`;
      const refused: [PlainAnswer, number, string][] = [
        [await ask(headers, 'POST', { ...input, body: 'No' }), 409, 'conflict'],
        [await ask(headers, 'POST', '{"'), 400, 'invalid_request'],
        [await ask(headers, 'POST', `"${'x'.repeat(9_000)}"`), 413, 'too_large'],
        [await ask(bearer, 'POST', input), 415, 'unsupported_media_type'],
        [await ask({ ...headers, authorization: readOnly }, 'POST', input), 403, 'read_only_link'],
      ];
      for (const [answer, status, code] of refused) expect(codeOf(answer)).toEqual([status, code]);
    });

    test('links are minted for who has the key', async () => {
      const url = `${site.url}/api/links`;
      const body = JSON.stringify({ orderId: 'shopping', userId: demoUserId });
      const headers = { ...json, authorization: `Bearer ${key}` };
      const minted = await plainRequest(url, headers, 'POST', { body });
      expect(minted).toMatchObject({ status: 201, headers: apiHeaders });
      const { token } = JSON.parse(minted.body);
      expect((await ask({ authorization: `Bearer ${token}` })).status).toBe(200);
      expect(codeOf(await plainRequest(url, json, 'POST', { body }))).toEqual([
        ...[401, 'api_key_invalid'],
      ]);
    });

    test('a page is found by its path in upper case and with a slash, and behind an encoded #', async () => {
      for (const path of ['/order/', '/Order', '/s/', '/embed/', '/EMBED'])
        expect((await plainRequest(site.url + path)).status).toBe(200);
      const token = bearer.authorization.slice('Bearer '.length);
      const redirect = await plainRequest(`${site.url}/order%23${token}?utm_source=sms`);
      expect(redirect).toMatchObject({ status: 302, headers: apiHeaders });
      // Next alone repeats the target of a redirect in its body.
      if (door === 'npm start') expect(redirect.body).toBe('');
      expect(new URL(redirect.headers.location ?? '', site.url).href).toBe(
        `${site.url}/order#${token}`,
      );
      expect(site.output.join('\n')).not.toContain(token.slice(-20));
    });

    test('a link is read 120 times a minute', async () => {
      const own = { authorization: `Bearer ${await site.token('waiting')}` };
      const statuses: number[] = [];
      for (let count = 0; count < 121; count++) statuses.push((await ask(own)).status);
      expect(statuses.filter((status) => status === 200)).toHaveLength(120);
      expect(statuses.at(-1)).toBe(429);
    });

    test('the process is up and ready, and other methods are refused', async () => {
      for (const path of ['/healthz', '/readyz'])
        expect(await plainRequest(`${site.url}${path}`)).toMatchObject({
          status: 200,
          headers: apiHeaders,
        });
      for (const method of ['PUT', 'DELETE', 'PATCH'])
        expect((await ask(bearer, method)).status).toBe(405);
    });
  });
