import { expect, test } from 'vitest';
import { createSharedTokenStore } from '@/lib/server/connect/shared-token-store';
import { createRevocations } from '@/lib/server/links/revocations';
import { createLogRef } from '@/lib/server/observability/log';
import { createSendRecords } from '@/lib/server/sending/send-records';

// Instances of two versions share one Redis during a rolling restart, and revocations outlive a release.

const key = new Uint8Array(32).fill(7);
const linkKeys = [{ kid: 'a', key }] as const;
const now = () => Date.parse('2026-11-02T12:00:00Z');
const send = {
  orderId: 'B 7',
  userId: 'ann',
  clientMessageId: '0b8a5b1e-7f52-4f0e-9d5c-6d4c2f1f9a10',
  body: 'Ripe ones, please. 🍌',
};

function createRecordingStore() {
  const keys: string[] = [];
  const values: string[] = [];
  const store = {
    get: async (storeKey: string) => void keys.push(storeKey),
    async compareAndSet(storeKey: string, _expected: string | undefined, value: string) {
      keys.push(storeKey);
      values.push(value);
      return true;
    },
    deleteIfEquals: async () => undefined,
  };
  return { keys, values, store };
}

test('send records and their leases keep their Redis keys across versions', async () => {
  const { keys, values, store } = createRecordingStore();
  const records = createSendRecords(store, linkKeys, now);
  await records.find(send);
  await records.claim(send, '17');
  await records.begin(send);
  const [claimValue, recordValue = ''] = values;
  expect([claimValue, JSON.parse(recordValue).text]).toEqual([
    '8XCiD3R18-sslPjAMBERUzpqZxk30cc0llR8YZ_RXjo',
    'ANLExMgLDoRzAYQOzJc2UMtuoe_3zQhzMyVsF0CoFok',
  ]);
  const record = 'order-status:send:hxU626CkldXOdqkqUaBcT-MxlfgWUyNhfDNQxJwt1_4';
  expect(keys).toEqual([
    record,
    'order-status:claim:g_F5ptgoe2r3U6BufX4AkBgB9Gy8NStQlZ5skYFOw20',
    record,
    record,
  ]);
  expect(records.toLeaseKeys(send)).toEqual([
    'order-status:turn:td6_AMfFhedOsTjV-zGAsECmD9vWXjJZYD59GRRaIo4',
  ]);
});

test('shared access tokens keep their Redis keys across versions', async () => {
  const { keys, store } = createRecordingStore();
  const acquireLease = async (name: string) => void keys.push(name);
  const tokens = createSharedTokenStore(store, acquireLease, 'secret', now);
  await tokens.get('ann');
  await tokens.withLease('ann', async () => undefined);
  expect(keys).toEqual([
    'order-status:token:0ijOaXa7-h1rYP-NinFd_XLyK4eYmOwtEaAKC58XYgc',
    'order-status:minting:0ijOaXa7-h1rYP-NinFd_XLyK4eYmOwtEaAKC58XYgc',
  ]);
});

test('revoked orders keep their hashes across versions', async () => {
  const members: (string | number)[] = [];
  const store = {
    zadd: async (_key: string, ...entries: (string | number)[]) => void members.push(...entries),
    zrem: async () => 0,
    zrangebyscore: async () => [],
    zremrangebyscore: async () => 0,
  };
  await createRevocations(store, linkKeys, now).revoke('B 7', 1);
  expect(members).toEqual([1, 'WA7b0jT0p5vNRKIiNVWecvAHkivT3RmtPjSNDVefctI']);
});

test('log references keep their value across versions', () => {
  expect(createLogRef(key)('B 7')).toBe('c846d148');
});
