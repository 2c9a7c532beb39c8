import { vi } from 'vitest';
import type { OrderView } from '@/lib/order/order-view';
import type { Pickup, PickupKind } from '@/lib/order/pickup';
import type { Stage } from '@/lib/order/stages';
import { order, progress } from '@/tests/support/sample-order';

const TEXTS: Record<PickupKind, string> = {
  curbside: 'Park in bay 1.',
  locker: 'Enter the code.',
  in_store: 'Go to the desk.',
};

/** Instructions of the given kinds, each with a text. */
export function instructions(...kinds: PickupKind[]): Pickup['instructions'] {
  return kinds.map((kind) => ({ kind, text: TEXTS[kind], images: [] }));
}

/** A curbside pickup in a stage. The customer can arrive if it is ready. */
export function pickupOrder(
  stage: Stage = 'ready',
  pickup: Partial<Pickup> = {},
  more: Partial<OrderView> = {},
): OrderView {
  const canArrive = stage === 'ready' && (more.access ?? 'full') === 'full';
  return order(
    {},
    {
      order: progress({ type: 'pickup', stage }),
      pickup: { instructions: instructions('curbside'), canArrive, ...pickup },
      ...more,
    },
  );
}

/** Replaces fetch: records the requests, and answers each when the test says so. */
export function stubFetch() {
  const requests: { path: string; method: string; authorization: string; body: unknown }[] = [];
  const waiting: { resolve: (answer: Response) => void; reject: (cause: Error) => void }[] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    requests.push({
      path,
      method: init.method ?? 'GET',
      authorization: new Headers(init.headers).get('authorization') ?? '',
      body: JSON.parse(String(init.body)),
    });
    return new Promise<Response>((resolve, reject) => waiting.push({ resolve, reject }));
  });
  return {
    requests,
    answer(status: number, body: unknown) {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      waiting.shift()?.resolve(new Response(text, { status }));
    },
    fail: () => waiting.shift()?.reject(new TypeError('Failed to fetch')),
  };
}

export function refusal(code: string) {
  return { error: { code, message: '' } };
}
