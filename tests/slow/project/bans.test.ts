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
    'the image optimizer of Next.js',
    component,
    'import Image from "next/image"; export const a = Image;',
    'no-restricted-imports',
  ],
  ['eval', component, 'eval("1");', 'no-eval'],
  ['the Function constructor', component, 'export const a = new Function("1");', 'no-new-func'],
  [
    'Next’s fetch on the server',
    server,
    `${guard}export const a = () => fetch("https://a.example");`,
    'no-restricted-globals',
  ],
  [
    'certificates that are not verified',
    server,
    `${guard}export const a = { rejectUnauthorized: false };`,
    'no-restricted-syntax',
  ],
  [
    'process.env outside the configuration',
    server,
    `${guard}export const a = process.env.LINK_KEYS;`,
    'no-restricted-properties',
  ],
  [
    'AbortSignal.any with a timeout',
    server,
    `${guard}export const a = AbortSignal.any([AbortSignal.timeout(1)]);`,
    'no-restricted-properties',
  ],
  [
    'process.env in the browser',
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
    'a number as a condition, which renders as 0',
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
    'a regular expression with the v flag',
    'lib/order/linkify.ts',
    'export const a = /[a--b]/v;',
    'es-x/no-regexp-v-flag',
  ],
  [
    'URL.canParse, which Safari 16.4 lacks',
    component,
    'export const a = URL.canParse("");',
    'no-restricted-properties',
  ],
  [
    'a method that Firefox 111 lacks, in embed.js',
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

test('lint allows a text without siblings, and conditions that render nothing', async () => {
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

test('the installed version of Next.js is at least 16.4.5', () => {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync('node_modules/next/package.json', 'utf8')));
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(16_004_005);
});

test('the Next.js config has no rewrites, redirects, image optimizer, env or source maps', async () => {
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
