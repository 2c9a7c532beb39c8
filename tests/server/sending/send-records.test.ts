import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMemoryCasStore, type CasStore } from '@/lib/server/redis/cas-store';
import type { LinkKeys } from '@/lib/server/config/link-keys';
import {
  createSendRecords,
  mayTransition,
  type SendState,
} from '@/lib/server/sending/send-records';
import { createLeases } from '@/lib/server/redis/lease';

const keys: LinkKeys = [{ kid: 'test', key: Buffer.alloc(32, 3) }];
const send = {
  orderId: 'order-1',
  userId: 'ann',
  clientMessageId: '0190a5b6-7c8d-4abc-8def-0123456789ab',
  body: 'Hello',
};

/** Delays each operation, as over a network, so that other callers can run in between. */
function slowly(store: CasStore, scheduler: fc.Scheduler): CasStore {
  return {
    get: async (address) => {
      await scheduler.schedule(Promise.resolve(), 'read');
      return store.get(address);
    },
    compareAndSet: async (...swap) => {
      await scheduler.schedule(Promise.resolve(), 'swap');
      return store.compareAndSet(...swap);
    },
    deleteIfEquals: async (...clear) => {
      await scheduler.schedule(Promise.resolve(), 'clear');
      return store.deleteIfEquals(...clear);
    },
  };
}

const ends = fc.constantFrom<SendState | 'crashed'>('sent', 'failed', 'unknown', 'crashed');

test('a message that may have arrived is never posted again, for any interleaving of instances', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(ends, { maxLength: 8 }), async (scheduler, plan) => {
      const shared = createMemoryCasStore(() => 0);
      const history: string[] = [];
      let posting = 0;
      await scheduler.waitFor(
        Promise.all(
          plan.map(async (end, n) => {
            const records = createSendRecords(slowly(shared, scheduler), keys, () => n);
            if (!(await records.begin(send))) return;
            history.push('posted');
            expect(++posting).toBe(1);
            if (end === 'crashed') return;
            history.push(end);
            posting--;
            if (end === 'sent') await records.settle(send, { id: String(n), at: 'then' });
            else if (end !== 'pending') await records.settle(send, { state: end });
          }),
        ),
      );
      // Only a failed post, which cannot have arrived, may be followed by another post.
      for (const [index, what] of history.entries())
        if (what === 'posted' && index > 0) expect(history[index - 1]).toBe('failed');
      const known = await createSendRecords(shared, keys, () => 0).find(send);
      const last = history.at(-1);
      expect(known?.state).toBe(last === 'posted' ? 'pending' : last);
    }),
    { numRuns: 1_000 },
  );
}, 30_000);

test('a send record accepts only allowed transitions, for any sequence of writes', async () => {
  const steps = fc.constantFrom<SendState>('pending', 'sent', 'failed', 'unknown');
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { maxLength: 12 }), async (plan) => {
      const records = createSendRecords(
        createMemoryCasStore(() => 0),
        keys,
        () => 0,
      );
      let state: SendState | undefined;
      for (const [n, step] of plan.entries()) {
        const isAllowed = mayTransition(state, step);
        if (step === 'pending') expect(await records.begin(send)).toBe(isAllowed);
        // A lost record is written again with any outcome, so this step is skipped.
        else if (state === undefined) continue;
        else if (step === 'sent') await records.settle(send, { id: String(n), at: 'then' });
        else await records.settle(send, { state: step });
        if (isAllowed) state = step;
        expect((await records.find(send))?.state).toBe(state);
        const other = records.find({ ...send, body: 'Hallo' });
        if (state) await expect(other).rejects.toThrow('conflict');
        else expect(await other).toBeUndefined();
      }
    }),
    { numRuns: 1_000 },
  );
}, 30_000);

test('no transition leads from "sent" or "unknown" back to "pending"', () => {
  const states: SendState[] = ['pending', 'sent', 'failed', 'unknown'];
  const reached = (from: SendState, seen = new Set<SendState>()): Set<SendState> => {
    for (const next of states.filter((state) => mayTransition(from, state) && !seen.has(state)))
      reached(next, seen.add(next));
    return seen;
  };
  expect([...reached('unknown')]).toEqual(['sent']);
  expect([...reached('sent')]).toEqual([]);
  expect(states.filter((state) => mayTransition(undefined, state))).toEqual(['pending']);
});

test('a message in the thread can be claimed by one send only, which may claim it again', async () => {
  const records = createSendRecords(
    createMemoryCasStore(() => 0),
    keys,
    () => 0,
  );
  const double = { ...send, clientMessageId: send.clientMessageId.replace('0190', '0191') };
  expect(await records.claim(send, '5')).toBe(true);
  expect(await records.claim(double, '5')).toBe(false);
  expect(await records.claim(send, '5')).toBe(true);
  expect(await records.claim(double, '6')).toBe(true);
  expect(await records.claim({ ...double, orderId: 'order-2' }, '5')).toBe(true);
});

test('a lease has one holder until it is released or expires', async () => {
  let nowMs = 0;
  const store = createMemoryCasStore(() => nowMs);
  const acquireLease = createLeases(store, async (delayMs) => (nowMs += delayMs));
  const release = await acquireLease('a', 0);
  expect(await acquireLease('a', 1_000)).toBeUndefined();
  expect(await acquireLease('b', 0)).toBeDefined();
  await release?.();
  expect(await acquireLease('a', 0)).toBeDefined();
  expect(await acquireLease('a', 14_000)).toBeUndefined();
  const late = await acquireLease('a', 2_000);
  expect(late).toBeDefined();
  // A holder that releases its lease late does not release the lease of the next holder.
  await release?.();
  expect(await acquireLease('a', 0)).toBeUndefined();
});
