import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import ts from 'typescript';
import { expect, test } from 'vitest';

const readPackages = (path: string): string[] => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(path, 'utf8'));
  return Object.keys({ ...dependencies, ...devDependencies });
};

// The type check leaves bench/ out, because its packages are installed only for a run.
test('every package that bench/ imports is a dependency of it or of the project', () => {
  const files = execFileSync('git', ['ls-files', 'bench/*.ts', 'bench/*.tsx', 'bench/*.js']);
  const imported = files
    .toString()
    .trim()
    .split('\n')
    .flatMap((path) => ts.preProcessFile(readFileSync(path, 'utf8')).importedFiles)
    .map(({ fileName }) => fileName)
    .filter((name) => !/^[.]|^@\//.test(name) && !isBuiltin(name))
    .map((name) => name.match(/^(@[^/]+\/)?[^/]+/)?.[0]);
  expect(imported).toContain('autocannon');
  const known = [...readPackages('package.json'), ...readPackages('bench/package.json')];
  expect(imported.filter((name) => name && !known.includes(name))).toEqual([]);
});
