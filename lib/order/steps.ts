/** Long work as a generator. It yields the amount of work done, in UTF-16 units, so that the caller can pause. */
export type Steps<T> = Generator<number, T, void>;

export function finishSteps<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
