import { afterAll, beforeEach, vi } from 'vitest';

// Stryker repeats the tests of a module for hundreds of mutants, so this file makes them cheaper than in npm test.

const MAX_RUNS = 40;
// Tests of CPU time fail at random on a busy machine. The others check more inputs for statements that cheaper tests check.
const LEFT_OUT = [
  / in linear time$/,
  /^the time for hostile HTML grows linearly/,
  /^twice as many hostile notices take about twice the time$/,
  /^marks in the wrong order are cut before they are normalised/,
  /^thousands of notices with one id are separated quickly$/,
  /^ten thousand rows are read in slices/,
  /^with any two fields damaged, the rest of the order is parsed$/,
];

// The thread is reused (vitest.config.ts), so the mutant and the coverage of a file must not last until the next file.
const stryker: unknown = Reflect.get(globalThis, '__stryker__');
if (stryker instanceof Object) {
  Reflect.set(stryker, 'mutantCoverage', undefined);
  afterAll(() => void Reflect.set(stryker, 'activeMutant', undefined));
}

beforeEach(({ task, skip }) => {
  if (LEFT_OUT.some((name) => name.test(task.name))) skip();
});

vi.mock(import('fast-check'), async (importOriginal) => {
  const original = await importOriginal();
  const assert = new Proxy(original.assert, {
    apply: (target, thisArgument, [property, parameters]) => {
      const numRuns = Math.min(parameters?.numRuns ?? MAX_RUNS, MAX_RUNS);
      return Reflect.apply(target, thisArgument, [property, { ...parameters, numRuns }]);
    },
  });
  // fast-check builds its tables of code points and graphemes at the first use of these units, also within webUrl; that
  // takes longer than all other tests.
  const units = {
    binary: original
      .integer({ min: 0, max: 0x10_ff_ff })
      .filter((code) => code < 0xd8_00 || code > 0xdf_ff)
      .map((code) => String.fromCodePoint(code)),
    grapheme: original.constantFrom(...'a0 _-.,:/@\n', 'é', 'e\u0301', '字', '🙂', '👍🏽', '🇨🇦'),
  };
  const string: typeof original.string = (constraints = {}) => {
    const { unit } = constraints;
    return original.string(
      unit === 'binary' || unit === 'grapheme'
        ? { ...constraints, unit: units[unit] }
        : constraints,
    );
  };
  const webUrl: typeof original.webUrl = (constraints = {}) => {
    const { validSchemes = ['http', 'https'], withQueryParameters, withFragments } = constraints;
    const piece = original
      .array(original.constantFrom(..."aZ09-_.~!$&'()*+,;=:@", '%C3%A9', '%2F'), { maxLength: 10 })
      .map((characters) => characters.join(''));
    const absent = original.constant('');
    return original
      .tuple(
        original.constantFrom(...validSchemes),
        original.domain(),
        original.array(piece.map((segment) => `/${segment}`)),
        withQueryParameters
          ? original.oneof(
              absent,
              piece.map((query) => `?${query}`),
            )
          : absent,
        withFragments
          ? original.oneof(
              absent,
              piece.map((fragment) => `#${fragment}`),
            )
          : absent,
      )
      .map(
        ([scheme, domain, path, ...rest]) => `${scheme}://${[domain, ...path, ...rest].join('')}`,
      );
  };
  const replaced = { assert, string, webUrl };
  return { ...original, ...replaced, default: { ...original.default, ...replaced } };
});
