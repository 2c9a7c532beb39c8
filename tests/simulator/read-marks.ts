import { toStepId, type OrderRun } from './order-body';

/** Marks messages of `from` as read by the other side now. Returns the number of messages that were unread. */
export function markStepsRead(
  run: OrderRun,
  nowMs: number,
  { from, messageId }: { from: 'user' | 'driver'; messageId?: number | undefined },
): number {
  const elapsedMs = run.time.elapsedMs(nowMs);
  let count = 0;
  run.steps = run.steps.map((step, index) => {
    if (step.kind !== 'message' || step.from !== from || step.atMs > elapsedMs) return step;
    if (messageId !== undefined && messageId !== toStepId(run, index)) return step;
    const readAfterMs = Math.min(step.readAfterMs ?? Infinity, elapsedMs - step.atMs);
    if (readAfterMs === step.readAfterMs) return step;
    count += 1;
    return { ...step, readAfterMs };
  });
  return count;
}
