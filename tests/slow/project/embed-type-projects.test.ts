import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

// Compiles code of a host against the types of embed.js, outside this repository: only the named
// packages can be imported there, and the declaration files themselves are checked too.

const run = promisify(execFile);
const TYPE_FILES = ['embed.d.ts', 'embed-react.d.ts', 'embed-vue.d.ts'];

const domHost = `
import type { OrderStatusElement } from './embed.js';
const order: OrderStatusElement | null = document.querySelector('order-status');
order?.addEventListener('order-status:token-needed', ({ detail }) => {
  const reason: 'missing' | 'expired' | 'invalid' = detail.reason;
  order.token = reason;
});
document.addEventListener('order-status:unread', ({ detail }) => detail.count.toFixed());
document.createElement('order-status').token = 'abc';
// @ts-expect-error There is no such property.
document.createElement('order-status').colour = 'red';
`;

const reactHost = `
import type {} from './embed-react.js';
export const order = (
  <order-status token="t" theme="dark" locale="fr-CA" height={640} loading="lazy" className="order"
    onorder-status:token-needed={({ detail }) => detail.reason.length}>
    <a href="/order">Open your order in a new tab</a>
  </order-status>
);
export const tall = <order-status token={undefined} height="80vh" check />;
// @ts-expect-error There is no such theme.
export const pink = <order-status token="t" theme="pink" />;
// @ts-expect-error A percentage is not understood.
export const full = <order-status token="t" height="100%" />;
`;

// The code that Vue's template type checker generates for <order-status token="t" @order-status:unread="…">.
const vueHost = `
import type {} from './embed-vue.js';
import type { GlobalComponents } from 'vue';
type Attributes = InstanceType<GlobalComponents['order-status']>['$props'];
export const order: Attributes = {
  token: 't', theme: 'dark', height: '40rem', class: 'order',
  'onOrder-status:unread': ({ detail }) => detail.count.toFixed(),
};
// @ts-expect-error There is no such theme.
export const pink: Attributes = { theme: 'pink' };
`;

/** Compiles in the strictest setting of a Node project; returns the errors. */
async function compile(files: Record<string, string>, packages: readonly string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'embed-types-'));
  try {
    for (const name of packages) {
      mkdirSync(join(folder, 'node_modules', name, '..'), { recursive: true });
      symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name));
    }
    const used = Object.values(files).join();
    for (const name of TYPE_FILES)
      if (name === 'embed.d.ts' || used.includes(name.replace('.d.ts', '.js')))
        cpSync(join('public', name), join(folder, name));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const compilerOptions = {
      module: 'NodeNext',
      moduleResolution: 'NodeNext',
      target: 'ES2022',
      lib: ['ES2022', 'DOM', 'DOM.Iterable'],
      jsx: 'react-jsx',
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      noEmit: true,
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    const compiler = resolve('node_modules/typescript/bin/tsc');
    return await run(process.execPath, [compiler, '-p', folder]).then(
      () => '',
      ({ stdout }) => String(stdout),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const SLOW_MS = 120_000;

test('embed.d.ts compiles in a project without any package', { timeout: SLOW_MS }, async () => {
  expect(await compile({ 'host.ts': domHost })).toBe('');
});

test('embed-react.d.ts compiles in a project with React', { timeout: SLOW_MS }, async () => {
  const docs = readFileSync('docs/embedding.md', 'utf8');
  const recipe = /```tsx\n(.*?)```/s.exec(docs)?.[1] ?? '';
  expect(recipe).toContain('<order-status');
  const files = { 'host.tsx': reactHost, 'recipe.tsx': recipe };
  expect(await compile(files, ['@types/react', 'csstype'])).toBe('');
});

test('embed-vue.d.ts compiles in a project with Vue', { timeout: SLOW_MS }, async () => {
  expect(await compile({ 'host.ts': vueHost }, ['vue'])).toBe('');
});
