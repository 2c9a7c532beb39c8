import { expect, test } from 'vitest';
import { createRequestContexts, type RequestContext } from '@/lib/server/api/request-context';

function createScope(traceId: string): RequestContext {
  return { trace: { traceId, isSampled: false }, logFields: {} };
}

test('the context of a request stays the same while other requests start and end', async () => {
  const { run, current } = createRequestContexts();
  const seen: (string | undefined)[] = [];
  const look = () => seen.push(current()?.trace.traceId);
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const long = run(createScope('long'), async () => {
    look();
    await gate;
    look();
  });
  await run(createScope('short'), async () => {
    await Promise.resolve();
    look();
  });
  look();
  open();
  await long;
  look();
  await run(createScope('later'), async () => {
    await Promise.resolve();
    look();
  });
  expect(seen).toEqual(['long', 'short', undefined, 'long', undefined, 'later']);
});

test('a failed request ends its context', async () => {
  const { run, current } = createRequestContexts();
  await expect(run(createScope('one'), () => Promise.reject(new Error('no')))).rejects.toThrow(
    'no',
  );
  expect(current()).toBeUndefined();
});
