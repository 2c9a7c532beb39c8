import { expect, test } from 'vitest';
import { createRequestContexts, type RequestContext } from '@/lib/server/api/request-context';

function createScope(traceId: string): RequestContext {
  return { trace: { traceId, isSampled: false }, logFields: {} };
}

test('the context of a request stays the same while other requests start and end', async () => {
  const { run, current } = createRequestContexts();
  const traceIds: (string | undefined)[] = [];
  const recordTraceId = () => traceIds.push(current()?.trace.traceId);
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const long = run(createScope('long'), async () => {
    recordTraceId();
    await released;
    recordTraceId();
  });
  await run(createScope('short'), async () => {
    await Promise.resolve();
    recordTraceId();
  });
  recordTraceId();
  release();
  await long;
  recordTraceId();
  await run(createScope('later'), async () => {
    await Promise.resolve();
    recordTraceId();
  });
  expect(traceIds).toEqual(['long', 'short', undefined, 'long', undefined, 'later']);
});

test('a failed request ends its context', async () => {
  const { run, current } = createRequestContexts();
  await expect(run(createScope('one'), () => Promise.reject(new Error('no')))).rejects.toThrow(
    'no',
  );
  expect(current()).toBeUndefined();
});
