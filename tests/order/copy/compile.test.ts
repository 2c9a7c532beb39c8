import { resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

// A catalogue in a further language, German, is checked by the compiler as the others are.

const HEAD = `import { copy as english, type OrderCopy } from '@/lib/order/copy/en-US/order-page';
import { createPlural } from '@/lib/order/copy/intl';
`;
const catalogues: Record<string, string> = {
  complete: `export const copy: OrderCopy = { ...english, locale: 'de', loading: 'Lädt…' };`,
  unnamed: `export const copy: OrderCopy = { ...english, locale: 'nl' };`,
  missing: `const { loading, ...others } = english;
    export const copy: OrderCopy = { ...others, locale: 'de' };`,
  surplus: `export const copy: OrderCopy = { ...english, locale: 'de', farewell: 'Tschüs' };`,
  misspelt: `export const copy: OrderCopy = { ...english, yesterdayAt: (time) => \`Gestern, \${tim}\` };`,
  'of another kind': `export const copy: OrderCopy = { ...english, retryIn: (name: string) => name };`,
  'without a plural': `createPlural<'one' | 'other'>('de')(2, { one: 'Artikel' });`,
};

const toPath = (name: string) => resolve(`lib/order/copy/de/${name.replaceAll(' ', '-')}.ts`);
const virtual = new Map(
  Object.entries(catalogues).map(([name, text]) => [toPath(name), HEAD + text]),
);

function createGermanProgram(): ts.Program {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (path) => virtual.has(path) || fileExists(path);
  host.readFile = (path) => {
    const text = virtual.get(path) ?? readFile(path);
    // The name is all that is added outside the folder.
    return path.endsWith('/copy/locales.ts') ? text?.replace("'en-US', ", "'en-US', 'de', ") : text;
  };
  host.getSourceFile = (path, target) => {
    const isOurs = virtual.has(path) || path.endsWith('/copy/locales.ts');
    if (!isOurs) return getSourceFile(path, target);
    return ts.createSourceFile(path, host.readFile(path) ?? '', target);
  };
  return ts.createProgram(
    [...virtual.keys()],
    { ...options, noEmit: true, noUnusedLocals: false },
    host,
  );
}

const program = createGermanProgram();

test.each([
  ['complete', ''],
  ['unnamed', '\'"nl"\' is not assignable'],
  ['missing', "Property 'loading' is missing"],
  ['surplus', "'farewell' does not exist"],
  ['misspelt', "Cannot find name 'tim'"],
  ['of another kind', "'number' is not assignable to type 'string'"],
  ['without a plural', "Property 'other' is missing"],
])('a German catalogue that is %s has the fault "%s"', (name, fault) => {
  const diagnostics = program.getSemanticDiagnostics(program.getSourceFile(toPath(name)));
  const messages = diagnostics.map(({ messageText }) =>
    ts.flattenDiagnosticMessageText(messageText, '\n'),
  );
  expect(messages.length).toBe(fault === '' ? 0 : 1);
  expect(messages.join()).toContain(fault);
});
