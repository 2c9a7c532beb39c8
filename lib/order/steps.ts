/** Long work as a generator: it yields how much was done, in UTF-16 units of text, so that a caller may pause. */
export type Steps<T> = Generator<number, T, void>;

export function finishSteps<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
