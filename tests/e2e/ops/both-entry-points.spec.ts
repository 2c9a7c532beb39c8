import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import type { Message } from '@/lib/order/order-view';
import { demoUserId } from '@/tests/simulator/people';
import { apiHeaders } from '@/tests/support/api-headers';
import { plainRequest, type PlainAnswer } from '@/tests/support/plain-request';
import { startSite, type EntryPoint, type Site } from '@/tests/support/site';

// The contract of the API is the same under `npm start` and `next start`.

const key = 'retailer-back-end-key';
const json = { 'content-type': 'application/json' };

for (const entryPoint of ['npm start', 'next start'] satisfies EntryPoint[])
  test.describe(entryPoint, () => {
    let site: Site;
    let bearer: { authorization: string };
    test.beforeAll(async () => {
      site = await startSite({ LINKS_API_KEY: key, LOG_LEVEL: 'error' }, entryPoint);
      bearer = { authorization: `Bearer ${await site.token('shopping')}` };
    });
    test.afterAll(() => site.close());

    const callApi = (headers: Record<string, string> = {}, method = 'GET', body?: unknown) =>
      plainRequest(`${site.url}/api/order/messages`, headers, method, {
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
    const codeOf = ({ status, body }: PlainAnswer) => [status, JSON.parse(body).error.code];

    test('an unchanged order is answered with 304', async () => {
      const order = await callApi(bearer);
      expect(order).toMatchObject({ status: 200, headers: apiHeaders });
      expect(Object.keys(JSON.parse(order.body)).sort()).toEqual([
        ...[
          'access',
          'asOf',
          'chat',
          'items',
          'order',
          'people',
          'pollAfterMs',
          'stale',
          'updates',
        ],
      ]);
      const etag = String(order.headers.etag);
      const again = await callApi({ ...bearer, 'if-none-match': etag });
      expect(again).toMatchObject({ status: 304, body: '', headers: { ...apiHeaders, etag } });
    });

    test('an order is compressed for clients that accept gzip', async () => {
      const url = `${site.url}/api/order/messages`;
      const zipped = await fetch(url, { headers: { ...bearer, 'accept-encoding': 'gzip' } });
      expect(zipped.headers.get('content-encoding')).toBe('gzip');
      expect(await zipped.json()).toHaveProperty('chat.state', 'open');
    });

    test('invalid links get identical 401 answers, and expired links get 410', async () => {
      const expired = await site.token('shopping', { exp: 1_700_000_000 });
      const nowhere = await site.token('nowhere');
      const refusals = await Promise.all([
        callApi(),
        callApi({ authorization: 'Bearer x' }),
        callApi({ authorization: `${bearer.authorization.slice(0, -6)}AAAAAA` }),
      ]);
      for (const refusal of refusals) {
        expect(codeOf(refusal)).toEqual([401, 'link_invalid']);
        expect(refusal).toMatchObject({ headers: { ...apiHeaders, 'www-authenticate': 'Bearer' } });
        expect(refusal.body).toBe(refusals[0]?.body);
      }
      expect(codeOf(await callApi({ authorization: `Bearer ${expired}` }))).toEqual([
        ...[410, 'link_expired'],
      ]);
      expect(codeOf(await callApi({ authorization: `Bearer ${nowhere}` }))).toEqual([
        ...[404, 'order_not_found'],
      ]);
      expect(codeOf(await callApi({ ...bearer, 'sec-fetch-site': 'cross-site' }))).toEqual([
        ...[403, 'cross_site'],
      ]);
    });

    test('a message is sent once, and an invalid message is answered with its error code', async () => {
      const input = { clientMessageId: randomUUID(), body: 'Oat milk is fine.' };
      const headers = { ...bearer, ...json };
      const sent = await callApi(headers, 'POST', input);
      expect([sent.status, JSON.parse(sent.body).message.body]).toEqual([201, input.body]);
      expect((await callApi(headers, 'POST', input)).body).toBe(sent.body);
      expect(site.simulator.control.calls({ route: 'send' })).toHaveLength(1);
      const readOnly = `Bearer ${await site.token('shopping', { scp: 'read' })}`;
      const refused: [PlainAnswer, number, string][] = [
        [await callApi(headers, 'POST', { ...input, body: 'No' }), 409, 'conflict'],
        [await callApi(headers, 'POST', '{"'), 400, 'invalid_request'],
        [await callApi(headers, 'POST', `"${'x'.repeat(9_000)}"`), 413, 'too_large'],
        [await callApi(bearer, 'POST', input), 415, 'unsupported_media_type'],
        [
          await callApi({ ...headers, authorization: readOnly }, 'POST', input),
          403,
          'read_only_link',
        ],
      ];
      for (const [answer, status, code] of refused) expect(codeOf(answer)).toEqual([status, code]);
    });

    test('messages are marked as read with a link that may write, and no other', async () => {
      const mark = (token: string, body = '{}') =>
        plainRequest(`${site.url}/api/order/read`, { ...json, authorization: token }, 'POST', {
          body,
        });
      const marked = await mark(bearer.authorization);
      expect(marked).toMatchObject({ status: 204, body: '', headers: apiHeaders });
      const messages: Message[] = JSON.parse((await callApi(bearer)).body).chat.messages;
      const fromShopper = messages.filter(({ from }) => from === 'shopper');
      expect(fromShopper.map(({ read }) => read)).toEqual(fromShopper.map(() => true));
      expect(codeOf(await mark(bearer.authorization, '{"all":true}'))).toEqual([
        ...[400, 'invalid_request'],
      ]);
      for (const scp of ['read', 'share'])
        expect(codeOf(await mark(`Bearer ${await site.token('shopping', { scp })}`))).toEqual([
          ...[403, 'read_only_link'],
        ]);
      expect(site.simulator.control.calls({ route: 'mark_read' })).toHaveLength(1);
    });

    const change = async (name: string, orderId: string, body: object, claims = {}) =>
      plainRequest(
        `${site.url}/api/order/${name}`,
        { ...json, authorization: `Bearer ${await site.token(orderId, claims)}` },
        name === 'vehicle' ? 'PUT' : 'POST',
        { body: JSON.stringify(body) },
      );

    test('a replacement is decided once, and the opposite decision gets the item as it is', async () => {
      const decided = await change('replacements', 'items', { itemId: '3', decision: 'refund' });
      expect(decided).toMatchObject({ status: 200, headers: apiHeaders });
      const { item } = JSON.parse(decided.body);
      expect(item).toMatchObject({ id: '3', state: 'refunded' });
      const opposite = await change('replacements', 'items', { itemId: '3', decision: 'approve' });
      expect([opposite.status, JSON.parse(opposite.body).item]).toEqual([409, item]);
      expect(codeOf(opposite)).toEqual([409, 'already_decided']);
    });

    test('a customer stores a vehicle and arrives once, and the order shows both', async () => {
      const vehicle = { kind: 'suv', color: 'gray' };
      const stored = await change('vehicle', 'pickup-ready', vehicle);
      expect(stored).toMatchObject({ status: 200, headers: apiHeaders });
      expect(JSON.parse(stored.body)).toEqual({ vehicle });
      for (let taps = 0; taps < 2; taps++)
        expect(await change('arrival', 'pickup-ready', {})).toMatchObject({
          ...{ status: 200, body: '{}', headers: apiHeaders },
        });
      expect(site.simulator.control.calls({ route: 'arrival' })).toHaveLength(1);
      const token = await site.token('pickup-ready');
      const order = JSON.parse((await callApi({ authorization: `Bearer ${token}` })).body);
      expect(order).toMatchObject({ order: { stage: 'handing_over' }, pickup: { vehicle } });
    });

    test('changes of an order that is not ready, and of read and share links, are refused', async () => {
      expect(codeOf(await change('arrival', 'pickup-not-ready', {}))).toEqual([409, 'not_ready']);
      expect(codeOf(await change('vehicle', 'shopping', {}))).toEqual([409, 'not_ready']);
      expect(codeOf(await change('vehicle', 'pickup-ready', { color: 'Red' }))).toEqual([
        ...[400, 'invalid_request'],
      ]);
      for (const scp of ['read', 'share'])
        for (const name of ['replacements', 'arrival', 'vehicle'])
          expect(codeOf(await change(name, 'pickup-ready', {}, { scp }))).toEqual([
            ...[403, 'read_only_link'],
          ]);
    });

    test('a sharing link shows no message, and its language is a header', async () => {
      const claims = { scp: 'share', num: 'GM-20418', loc: 'fr-CA' };
      const sharing = { authorization: `Bearer ${await site.token('shopping', claims)}` };
      const { status, headers, body } = await callApi(sharing);
      expect([status, headers['content-language']]).toEqual([200, 'fr-CA']);
      expect(body).not.toContain('GM-20418');
      expect(JSON.parse(body)).toMatchObject({
        ...{ access: 'share', updates: [], people: { customer: { name: '' }, shoppers: [] } },
        chat: { state: 'unavailable', messages: [], canReply: false },
      });
      const again = await callApi({ ...sharing, 'if-none-match': String(headers.etag) });
      expect([again.status, again.headers['content-language']]).toEqual([304, 'fr-CA']);
    });

    test('links are minted for requests with the API key', async () => {
      const url = `${site.url}/api/links`;
      const body = JSON.stringify({ orderId: 'shopping', userId: demoUserId });
      const headers = { ...json, authorization: `Bearer ${key}` };
      const minted = await plainRequest(url, headers, 'POST', { body });
      expect(minted).toMatchObject({ status: 201, headers: apiHeaders });
      const { token } = JSON.parse(minted.body);
      expect((await callApi({ authorization: `Bearer ${token}` })).status).toBe(200);
      expect(codeOf(await plainRequest(url, json, 'POST', { body }))).toEqual([
        ...[401, 'api_key_invalid'],
      ]);
    });

    test('a page is found by its path in upper case, with a trailing slash, and before an encoded #', async () => {
      for (const path of ['/order/', '/Order', '/s/', '/embed/', '/EMBED'])
        expect((await plainRequest(site.url + path)).status).toBe(200);
      const token = bearer.authorization.slice('Bearer '.length);
      const redirect = await plainRequest(`${site.url}/order%23${token}?utm_source=sms`);
      expect(redirect).toMatchObject({ status: 302, headers: apiHeaders });
      // `next start` repeats the target of a redirect in the body.
      if (entryPoint === 'npm start') expect(redirect.body).toBe('');
      expect(new URL(redirect.headers.location ?? '', site.url).href).toBe(
        `${site.url}/order#${token}`,
      );
      expect(site.output.join('\n')).not.toContain(token.slice(-20));
    });

    test('a link can be read 120 times per minute', async () => {
      const own = { authorization: `Bearer ${await site.token('waiting')}` };
      const statuses: number[] = [];
      for (let count = 0; count < 121; count++) statuses.push((await callApi(own)).status);
      expect(statuses.filter((status) => status === 200)).toHaveLength(120);
      expect(statuses.at(-1)).toBe(429);
    });

    test('healthz and readyz answer 200, and other methods get 405', async () => {
      for (const path of ['/healthz', '/readyz'])
        expect(await plainRequest(`${site.url}${path}`)).toMatchObject({
          status: 200,
          headers: apiHeaders,
        });
      for (const method of ['PUT', 'DELETE', 'PATCH'])
        expect((await callApi(bearer, method)).status).toBe(405);
    });
  });
