import { vi } from 'vitest';

const MAX_RUNS = 40;

// Stryker repeats each property for hundreds of mutants, so a property gets fewer inputs than in npm test.
vi.mock(import('fast-check'), async (importOriginal) => {
  const original = await importOriginal();
  const assert: typeof original.assert = (property, parameters) =>
    original.assert(property, {
      ...parameters,
      numRuns: Math.min(parameters?.numRuns ?? MAX_RUNS, MAX_RUNS),
    });
  return { ...original, assert, default: { ...original.default, assert } };
});
