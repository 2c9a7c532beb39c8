import { vi } from 'vitest';

const MAX_RUNS = 40;

// Stryker repeats each property for hundreds of mutants, so a property gets fewer inputs than in npm test.
vi.mock(import('fast-check'), async (importOriginal) => {
  const original = await importOriginal();
  const assert = new Proxy(original.assert, {
    apply: (target, thisArgument, [property, parameters]) => {
      const numRuns = Math.min(parameters?.numRuns ?? MAX_RUNS, MAX_RUNS);
      return Reflect.apply(target, thisArgument, [property, { ...parameters, numRuns }]);
    },
  });
  return { ...original, assert, default: { ...original.default, assert } };
});
