import { expect, onTestFinished, test } from 'vitest';
import { secondMs } from '@/tests/simulator/clock';
import { startOrderServer } from '@/tests/support/order-server';

function compose(signature: string, picture = 'd.png') {
  const image = `https://images.instacart.com/pic/${picture}?X-Amz-Signature=${signature}`;
  const shopper = { id: 15, display_name: 'Robin', avatar_url: `${image}&avatar` };
  const at = '2026-11-20T17:00:00Z';
  return JSON.stringify({
    chat_messages: [
      {
        id: 1,
        created_at: at,
        sender_id: 15,
        sender_type: 'driver',
        read: true,
        body: 'This?',
        image,
      },
    ],
    lifecycle_messages: [{ notification_id: 1, medium: 'sms', created_at: at, body: 'Out', image }],
    metadata: {
      customer: { display_name: 'Ada', avatar_url: image },
      current_shopper: shopper,
      shoppers: [shopper],
      is_expired: false,
    },
  });
}

async function start() {
  const server = await startOrderServer({ IMAGE_HOSTS: '*.instacart.com', LIMITS: 'off' });
  onTestFinished(server.close);
  const put = (body: string) => server.simulator.control.putOrder('signed', { body });
  return { ...server, put };
}

test('a new signature in the picture URLs keeps the ETag', async () => {
  const { put, open, pass } = await start();
  put(compose('a'));
  const etag = (await open('signed')).headers.get('etag') ?? '';
  for (const signature of ['b', 'c', 'd']) {
    pass(10 * secondMs);
    put(compose(signature));
    expect((await open('signed', { 'if-none-match': etag })).status).toBe(304);
  }
});

test('a response without If-None-Match has the newest signatures in its picture URLs', async () => {
  const { put, open, pass } = await start();
  put(compose('a'));
  const first = await open('signed');
  pass(10 * secondMs);
  put(compose('b'));
  const second = await open('signed');
  expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
  const text = await second.text();
  expect(text.match(/Signature=b/g)).toHaveLength(4);
  expect(text).not.toContain('Signature=a');
});

test('a changed picture changes the ETag', async () => {
  const { put, open, pass } = await start();
  put(compose('a'));
  const etag = (await open('signed')).headers.get('etag') ?? '';
  pass(10 * secondMs);
  put(compose('a', 'e.png'));
  expect((await open('signed', { 'if-none-match': etag })).status).toBe(200);
});
