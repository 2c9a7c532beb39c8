import { expect, test } from 'vitest';
import { minuteMs, secondMs } from '@/tests/simulator/clock';
import { apiHeaders } from '@/tests/support/api-headers';
import { startOrderServer } from '@/tests/support/order-server';

async function startRead() {
  const server = await startOrderServer();
  const etag = (await server.open('shopping')).headers.get('etag') ?? '';
  const requestIfNoneMatch = (ifNoneMatch: string) =>
    server.open('shopping', { 'if-none-match': ifNoneMatch });
  return { ...server, etag, requestIfNoneMatch };
}

test('a request with the current ETag gets 304 without a body', async () => {
  const { simulator, etag, requestIfNoneMatch } = await startRead();
  for (const known of [etag, etag.slice(2), `"other", ${etag}`, `${etag},W/"other"`, '*']) {
    const response = await requestIfNoneMatch(known);
    expect(response.status).toBe(304);
    expect(await response.text()).toBe('');
    expect(Object.fromEntries(response.headers)).toEqual({
      ...apiHeaders,
      etag,
    });
  }
  await simulator.close();
});

test('a request with another ETag gets the whole order', async () => {
  const { simulator, etag, requestIfNoneMatch } = await startRead();
  for (const known of ['"other"', '', 'W/""', etag.slice(0, -2)])
    expect((await requestIfNoneMatch(known)).status).toBe(200);
  await simulator.close();
});

test('an unchanged order gets 304 after a new read from Connect', async () => {
  const { clock, simulator, etag, requestIfNoneMatch } = await startRead();
  clock.advance(4 * secondMs);
  expect((await requestIfNoneMatch(etag)).status).toBe(304);
  expect(simulator.control.calls({ route: 'order_messages' })).toHaveLength(2);
  await simulator.close();
});

test('a message, read mark, shopper, update or poll interval changes the ETag', async () => {
  const { clock, simulator, etag, requestIfNoneMatch } = await startRead();
  const { control } = simulator;
  const seen = new Set([etag]);
  const events = [
    () => control.addMessage('shopping', { from: 'driver', body: 'Done.' }),
    () => control.markRead('shopping'),
    () => control.addMessage('shopping', { handOverTo: 'rosalind' }),
    () => control.addMessage('shopping', { notice: { body: 'On its way.', media: ['sms'] } }),
    () => clock.advance(3 * minuteMs),
  ];
  for (const happens of events) {
    happens();
    clock.advance(2 * secondMs);
    const response = await requestIfNoneMatch([...seen].join(', '));
    expect(response.status).toBe(200);
    seen.add(response.headers.get('etag') ?? '');
  }
  expect(seen.size).toBe(6);
  await simulator.close();
});

test('the language of a link is a header of 200 and 304, and the body does not have it', async () => {
  const { simulator, mint, request } = await startOrderServer();
  const token = await mint('shopping', { loc: 'fr-CA' });
  // The second and third response come from the cache.
  const [first, second] = [await request(token), await request(token)];
  const etag = first.headers.get('etag') ?? '';
  const third = await request(token, { 'if-none-match': etag });
  expect([first.status, second.status, third.status]).toEqual([200, 200, 304]);
  for (const { headers } of [first, second, third])
    expect(headers.get('content-language')).toBe('fr-CA');
  expect(await first.text()).not.toContain('fr-CA');
  const without = await request(await mint('shopping'));
  expect(without.headers.has('content-language')).toBe(false);
  await simulator.close();
});

test('a link with another number or language has another ETag', async () => {
  const { simulator, mint, request } = await startOrderServer();
  const etags = new Set<string | null>();
  for (const claims of [{}, { num: 'GM-1' }, { num: 'GM-2' }, { loc: 'fr-CA' }, { loc: 'es-US' }])
    etags.add((await request(await mint('shopping', claims))).headers.get('etag'));
  expect(etags.size).toBe(5);
  expect((await request(await mint('shopping', { num: 'GM-1' }))).headers.get('etag')).toBe(
    [...etags][1],
  );
  await simulator.close();
});

test('a read-only link and a stale order have another ETag', async () => {
  const { clock, simulator, etag, requestIfNoneMatch, mint, request } = await startRead();
  const readOnly = await mint('shopping', { scp: 'read' });
  expect((await request(readOnly, { 'if-none-match': etag })).status).toBe(200);
  clock.advance(4 * secondMs);
  simulator.control.fault({ route: 'order_messages', kind: 'status', status: 503 });
  const stale = await requestIfNoneMatch(etag);
  expect(await stale.json()).toMatchObject({ stale: true });
  expect((await requestIfNoneMatch(stale.headers.get('etag') ?? '')).status).toBe(304);
  await simulator.close();
});

test('errors of an authentic link have its language, and those of other links have none', async () => {
  const { simulator, mint, request, clock } = await startOrderServer();
  const loc = 'fr-CA';
  const readLanguage = async (token: string) => {
    const { status, headers } = await request(token);
    return [status, headers.get('content-language')];
  };
  expect(await readLanguage(await mint('nowhere', { loc }))).toEqual([404, loc]);
  const exp = Math.floor(clock.nowMs() / 1_000) - 61;
  expect(await readLanguage(await mint('shopping', { loc, exp }))).toEqual([410, loc]);
  expect(await readLanguage(await mint('shopping', { loc: '-', exp }))).toEqual([410, null]);
  expect(await readLanguage(await mint('shopping', { exp }))).toEqual([410, null]);
  simulator.control.fault({ route: 'order_messages', kind: 'status', status: 500 });
  expect(await readLanguage(await mint('waiting', { loc }))).toEqual([503, loc]);
  expect(await readLanguage('wrong')).toEqual([401, null]);
  await simulator.close();
});
