import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { createServerClock } from '@/lib/client/hooks/server-clock';

const TRUE_MS = Date.parse('2026-11-20T20:41:00.400Z');

/** A device whose clock is `wrongMs` ahead; `pass` moves all clocks, `setDevice` only the device's. */
function createDevice(wrongMs: number) {
  let passedMs = 0;
  let shiftMs = wrongMs;
  const clock = createServerClock({
    deviceMs: () => TRUE_MS + passedMs + shiftMs,
    steadyMs: () => 5_000 + passedMs,
  });
  return {
    clock,
    trueMs: () => TRUE_MS + passedMs,
    pass: (ms: number) => void (passedMs += ms),
    setDevice: (ms: number) => void (shiftMs = ms),
    /** A request that takes `outMs` to the server and `backMs` back. */
    makeRequest(outMs: number, backMs: number) {
      const requestedAtMs = clock.steadyMs();
      passedMs += outMs;
      const date = new Date(TRUE_MS + passedMs).toUTCString();
      passedMs += backMs;
      clock.adjust(new Response(null, { headers: { date } }), requestedAtMs);
    },
  };
}

test('without a response that has a date, the time is the device’s', () => {
  const { clock } = createDevice(40 * 60_000);
  expect(clock.now()).toBe(TRUE_MS + 40 * 60_000);
  clock.adjust(new Response(), 0);
  clock.adjust(undefined, 0);
  clock.adjust(new Response(null, { headers: { date: 'soon' } }), 0);
  expect(clock.now()).toBe(TRUE_MS + 40 * 60_000);
});

test('a correct device clock is used to the millisecond', () => {
  const device = createDevice(0);
  for (let i = 0; i < 20; i++) {
    device.makeRequest(30, 170);
    device.pass(5_000);
    expect(device.clock.now()).toBe(device.trueMs());
  }
});

test('with any device clock, the error is at most one second plus the duration of the request', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e11, max: 1e11 }),
      fc.integer({ min: 0, max: 15_000 }),
      fc.integer({ min: 0, max: 15_000 }),
      (wrongMs, outMs, backMs) => {
        const device = createDevice(wrongMs);
        device.makeRequest(outMs, backMs);
        const errorMs = device.clock.now() - device.trueMs();
        expect(Math.abs(errorMs)).toBeLessThanOrEqual(outMs + backMs + 1_000);
      },
    ),
  );
});

test('a change of the device’s clock after the first response has no effect', () => {
  const device = createDevice(0);
  device.makeRequest(50, 50);
  device.setDevice(-86_400_000);
  expect(device.clock.now()).toBe(device.trueMs());
  device.pass(60_000);
  device.setDevice(86_400_000);
  expect(device.clock.now()).toBe(device.trueMs());
});

test('subscribers are called after a correction only', () => {
  const device = createDevice(40 * 60_000);
  const onChange = vi.fn();
  const unsubscribe = device.clock.subscribe(onChange);
  device.makeRequest(50, 50);
  expect(onChange).toHaveBeenCalledOnce();
  device.pass(9_900);
  device.makeRequest(50, 50);
  expect(onChange).toHaveBeenCalledOnce();
  unsubscribe();
});
