import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { parseEnv } from '@/lib/server/config/env';
import { createLinks } from '@/lib/server/links/link';
import { testKey, testLinkKeys } from '@/tests/support/test-link';

const page = readFileSync('docs/minting-links.md', 'utf8');
const env = parseEnv({
  LINK_KEYS: testLinkKeys,
  CONNECT_ACCESS_TOKEN: 't',
  CONNECT_BASE_URL: 'http://localhost:4010',
});
const expiresAt = '2026-11-21T18:00:00Z';
const expiresAtMs = Date.parse(expiresAt);
const linksAt = (clockMs: number) => createLinks(env.LINK_KEYS, env.LINK_MAX_DAYS, () => clockMs);

// Debian installs python3-jwcrypto for this interpreter.
const PYTHON = '/usr/bin/python3';
const hasPython = spawnSync(PYTHON, ['-c', 'import jwcrypto']).status === 0;

vi.setConfig({ testTimeout: 60_000 });

const common = {
  orderId: 'Zamówienie 1/2 "ä" 🍏',
  userId: 'ann+x@example.com',
  key: testKey.toString('base64url'),
  origin: 'https://orders.example.com',
};

/** The page's only code block in that language, unchanged. */
function block(language: string): string {
  const blocks = [...page.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].filter(([, l]) => l === language);
  expect(blocks).toHaveLength(1);
  return blocks[0]?.[2] ?? '';
}

/** Output of a program that is passed on standard input, so that no file is written. */
function run(command: string, args: string[], program: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, output: string, errors: string) =>
      error || errors ? reject(error ?? new Error(errors)) : resolve(output);
    const childEnv = { PATH: process.env['PATH'], NODE_ENV: 'production' as const };
    const child = execFile(command, args, { env: childEnv }, done);
    child.stdin?.end(program);
  });
}

async function expectGoodLink(output: string, kid: string | undefined) {
  const [, token = ''] = /^https:\/\/orders\.example\.com\/order#(\S+)\n$/.exec(output) ?? [];
  const header = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString();
  expect(JSON.parse(header)).toEqual({ alg: 'dir', enc: 'A256GCM', ...(kid && { kid }) });
  const access = { orderId: common.orderId, userId: common.userId, access: 'full' as const };
  expect(await linksAt(expiresAtMs).open(token)).toMatchObject(access);
  await expect(linksAt(expiresAtMs + 61_000).open(token)).rejects.toMatchObject({
    code: 'link_expired',
  });
}

test.each(['test', undefined])('the Node recipe mints a link with the kid %s', async (kid) => {
  const call = `
    const { expiresAt, ...rest } = JSON.parse(process.argv[2]);
    console.log(await mintLink({ ...rest, expiresAt: new Date(expiresAt) }));`;
  const given = JSON.stringify({ ...common, kid, expiresAt });
  const program = block('js') + call;
  await expectGoodLink(
    await run(process.execPath, ['--input-type=module', '-', given], program),
    kid,
  );
});

test.skipIf(!hasPython).each(['test', undefined])(
  'the Python recipe mints a link with the kid %s',
  async (kid) => {
    const call = `
import datetime, sys
a = json.loads(sys.argv[1])
ends = datetime.datetime.fromtimestamp(a["ends"], datetime.timezone.utc)
print(mint_link(a["orderId"], a["userId"], a["key"], a.get("kid"), a["origin"], ends))`;
    const given = JSON.stringify({ ...common, kid, ends: expiresAtMs / 1_000 });
    await expectGoodLink(await run(PYTHON, ['-', given], block('python') + call), kid);
  },
);

test('the page has one recipe for each of six languages', () => {
  for (const language of ['js', 'python', 'java', 'csharp', 'php', 'go'])
    expect(block(language)).toContain('/order#');
});
