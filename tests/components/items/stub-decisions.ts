import { vi } from 'vitest';
import { act } from '@/tests/support/render';

export type DecisionServer = ReturnType<typeof stubDecisions>;

/** Replaces fetch: records the decisions, and answers each when the test says so. Needs fake timers. */
export function stubDecisions() {
  const requests: unknown[] = [];
  const waiting: { resolve: (answer: Response) => void; reject: (cause: Error) => void }[] = [];
  vi.stubGlobal('fetch', (_path: string, init: RequestInit) => {
    requests.push(JSON.parse(String(init.body)));
    return new Promise<Response>((resolve, reject) => waiting.push({ resolve, reject }));
  });
  const settle = () => act(() => vi.advanceTimersByTimeAsync(0));
  return {
    requests,
    async answer(status: number, body: unknown) {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      waiting.shift()?.resolve(new Response(text, { status }));
      await settle();
    },
    async fail() {
      waiting.shift()?.reject(new TypeError('Failed to fetch'));
      await settle();
    },
  };
}
