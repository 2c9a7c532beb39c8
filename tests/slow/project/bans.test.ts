import { readFileSync } from 'node:fs';
import { ESLint } from 'eslint';
import { expect, test } from 'vitest';
import { z } from 'zod';

// Code that lint forbids, and versions of Next.js that must not be installed.

const eslint = new ESLint();
const component = 'components/ui/avatar.tsx';
const server = 'lib/server/api/health.ts';
const guard = "import 'server-only';\n";

test.each<[why: string, file: string, code: string, rule: string]>([
  [
    'raw HTML',
    component,
    'export const a = <p dangerouslySetInnerHTML={{ __html: "" }} />;',
    'no-restricted-syntax',
  ],
  [
    'raw HTML in props',
    component,
    'export const a = { dangerouslySetInnerHTML: { __html: "" } };',
    'no-restricted-syntax',
  ],
  [
    'raw HTML in quoted props',
    component,
    'export const a = { "dangerouslySetInnerHTML": 1 };',
    'no-restricted-syntax',
  ],
  ['innerHTML', component, 'document.body.innerHTML = "";', 'no-restricted-syntax'],
  [
    'insertAdjacentHTML',
    component,
    'document.body.insertAdjacentHTML("beforeend", "");',
    'no-restricted-syntax',
  ],
  ['document.write', component, 'document.write("");', 'no-restricted-syntax'],
  ['a Server Action', 'app/not-found.tsx', '"use server";', 'no-restricted-syntax'],
  [
    'a Server Action in a function',
    component,
    'export async function a() { "use server"; }',
    'no-restricted-syntax',
  ],
  [
    'the optimizer of pictures',
    component,
    'import Image from "next/image"; export const a = Image;',
    'no-restricted-imports',
  ],
  ['eval', component, 'eval("1");', 'no-eval'],
  ['a function made of text', component, 'export const a = new Function("1");', 'no-new-func'],
  [
    'Next’s fetch on the server',
    server,
    `${guard}export const a = () => fetch("https://a.example");`,
    'no-restricted-globals',
  ],
  [
    'certificates that are not checked',
    server,
    `${guard}export const a = { rejectUnauthorized: false };`,
    'no-restricted-syntax',
  ],
  [
    'the environment, read elsewhere',
    server,
    `${guard}export const a = process.env.LINK_KEYS;`,
    'no-restricted-properties',
  ],
  [
    'time-outs that get lost',
    server,
    `${guard}export const a = AbortSignal.any([AbortSignal.timeout(1)]);`,
    'no-restricted-properties',
  ],
  [
    'the environment in the browser',
    component,
    'export const a = process.env.LINK_KEYS;',
    'no-restricted-properties',
  ],
  ['text beside an element', component, 'export const a = <p>Sent <b>now</b></p>;', 'text/lone'],
  [
    'a text of two parts',
    component,
    'export const A = ({ age }: { age: string }) => <p>Updated {age}</p>;',
    'text/lone',
  ],
  [
    'a conditional text beside an element',
    component,
    'export const A = ({ is }: { is: boolean }) => <p>{is ? "Seen" : null}<b>now</b></p>;',
    'text/lone',
  ],
  [
    'a number that shows as 0 where it was to hide',
    component,
    'export const A = ({ n }: { n: number }) => <p>{n && <b>new</b>}<i>x</i></p>;',
    'text/lone',
  ],
  [
    'texts in a list',
    component,
    'export const A = ({ all }: { all: string[] }) => <p>{all.map((one) => one)}</p>;',
    'text/lone',
  ],
  [
    'a text without an element',
    component,
    'export const A = ({ age }: { age: string }) => <>{age}</>;',
    'text/lone',
  ],
  [
    'a method that Firefox 111 lacks',
    component,
    'export const a = "a".toWellFormed();',
    'es-x/no-string-prototype-towellformed',
  ],
  [
    'a copying method that Firefox 111 lacks',
    component,
    'export const a = [1].toReversed();',
    'es-x/no-array-prototype-toreversed',
  ],
  [
    'a pattern that no supported browser has to know',
    'lib/order/linkify.ts',
    'export const a = /[a--b]/v;',
    'es-x/no-regexp-v-flag',
  ],
  [
    'a check of addresses that Safari 16.4 lacks',
    component,
    'export const a = URL.canParse("");',
    'no-restricted-properties',
  ],
  [
    'a method that Firefox 111 lacks, in the script for hosts',
    'public/embed.js',
    '"a".toWellFormed();',
    'es-x/no-string-prototype-towellformed',
  ],
  [
    'an interface that Firefox 111 lacks',
    component,
    'export const a = new CompressionStream("gzip");',
    'compat/compat',
  ],
])(
  'lint refuses %s',
  async (_, filePath, code, rule) => {
    const [result] = await eslint.lintText(code, { filePath });
    expect(result?.messages.map(({ ruleId }) => ruleId)).toContain(rule);
  },
  30_000,
);

test('lint allows text that is alone, and what shows as nothing beside elements', async () => {
  const code = `
    export const A = ({ body, items }: { body: string; items: string[] }) => (
      <div>
        {body && <p>{body}</p>}
        {items.length > 0 && <p>{\`\${items.length} new\`}</p>}
        {items.map((item) => <p key={item}>{item}</p>)}
      </div>
    );`;
  const [result] = await eslint.lintText(code, { filePath: component });
  expect(result?.messages.filter(({ ruleId }) => ruleId === 'text/lone')).toEqual([]);
}, 30_000);

test('Next is one without the faults known of those before 16.4.5', () => {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync('node_modules/next/package.json', 'utf8')));
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(16_004_005);
});

test('Next rewrites nothing, optimizes nothing, and puts nothing of the environment into the bundle', async () => {
  const { default: config } = await import('@/next.config.js');
  expect(config).toMatchObject({ poweredByHeader: false, images: { unoptimized: true } });
  for (const name of [
    'rewrites',
    'redirects',
    'env',
    'publicRuntimeConfig',
    'productionBrowserSourceMaps',
  ])
    expect(config).not.toHaveProperty(name);
});
