import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseOptions } from 'dependency-cruiser';
import { afterEach, beforeEach, expect, test } from 'vitest';
import config from '@/.dependency-cruiser.js';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'arrows-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Returns the names of the rules that a project with these files breaks. */
async function findBrokenRules(files: Record<string, string>): Promise<string[]> {
  for (const [path, code] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), code);
  }
  const options: ICruiseOptions = {
    ruleSet: { forbidden: config.forbidden ?? [] },
    validate: true,
    tsPreCompilationDeps: true,
    baseDir: folder,
  };
  const { output } = await cruise(['.'], options);
  if (typeof output === 'string') throw new Error(output);
  return [...new Set(output.summary.violations.map(({ rule }) => rule.name))];
}

const leaf = 'export type A = 1;';

test.each([
  [
    'a component that imports the server',
    'components/ui/a.ts',
    'lib/server/config/env.ts',
    'components',
  ],
  [
    'the domain that imports the browser code',
    'lib/order/a.ts',
    'lib/client/order/b.ts',
    'lib/order',
  ],
  [
    'the Connect client that imports the API',
    'lib/server/connect/a.ts',
    'lib/server/api/b.ts',
    'lib/server/connect',
  ],
  [
    'an API route that imports the wiring',
    'lib/server/api/a.ts',
    'lib/server/services.ts',
    'server-wiring',
  ],
  ['the app that imports a test', 'app/a.ts', 'tests/support/b.ts', 'app'],
])('%s is reported', async (_, from, to, rule) => {
  const code = `import type { A } from '${'../'.repeat(from.split('/').length - 1)}${to.replace('.ts', '')}';\nexport type B = A;`;
  expect(await findBrokenRules({ [from]: code, [to]: leaf })).toContain(rule);
});

test('a circle of type-only imports is reported', async () => {
  const files = {
    'lib/order/a.ts': "import type { B } from './b';\nexport type A = B;",
    'lib/order/b.ts': "import type { A } from './a';\nexport type B = A;",
  };
  expect(await findBrokenRules(files)).toEqual(['no-circular']);
});

test('an allowed import is not reported', async () => {
  const files = {
    'lib/server/api/a.ts': "import type { A } from '../orders/b';\nexport type B = A;",
    'lib/server/orders/b.ts': leaf,
  };
  expect(await findBrokenRules(files)).toEqual([]);
});
