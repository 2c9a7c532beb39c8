import { createCipheriv } from 'node:crypto';
import { compactDecrypt } from 'jose';
import { expect, test } from 'vitest';
import vectors from '@/docs/link-vectors.json';
import { parseEnv } from '@/lib/server/config/env';
import { createLinks } from '@/lib/server/links/link';

const env = parseEnv({
  LINK_KEYS: vectors.linkKeys,
  CONNECT_ACCESS_TOKEN: 't',
  CONNECT_BASE_URL: 'http://localhost:4010',
});
const links = createLinks(env.LINK_KEYS, env.LINK_MAX_DAYS, () => Date.parse(vectors.opensAt));

type Vector = { name: string; key: string; header: string; claims: string; iv: string };

function encryptAgain({ key, header, claims, iv }: Vector): string {
  const protectedHeader = Buffer.from(header).toString('base64url');
  const cipher = createCipheriv(
    'aes-256-gcm',
    Buffer.from(key, 'base64url'),
    Buffer.from(iv, 'base64url'),
  ).setAAD(Buffer.from(protectedHeader));
  const text = Buffer.concat([cipher.update(claims, 'utf8'), cipher.final()]);
  const [encrypted, tag] = [text, cipher.getAuthTag()].map((part) => part.toString('base64url'));
  return `${protectedHeader}..${iv}.${encrypted}.${tag}`;
}

test.each(vectors.accepted)(
  '$name: the token opens with the values of the vector',
  async ({ token, opens }) => {
    expect(await links.open(token)).toMatchObject(opens);
  },
);

test.each(vectors.refused)('$name: is refused, as $reason', async ({ token, code }) => {
  await expect(links.open(token)).rejects.toMatchObject({ code });
});

const all: (Vector & { kid: string | null; token: string })[] = [
  ...vectors.accepted,
  ...vectors.refused,
];
const ofOurForm = ({ header }: Vector) => {
  const { alg, enc, zip } = JSON.parse(header) as Record<string, unknown>;
  return alg === 'dir' && enc === 'A256GCM' && zip === undefined;
};

test.each(all.filter(ofOurForm))('$name: plain AES-256-GCM makes the same token', (vector) => {
  const again = encryptAgain(vector).split('.');
  const given = vector.token.split('.');
  expect(given.slice(0, 4)).toEqual(again.slice(0, 4));
  if (vector.name === 'a changed tag') expect(given[4]).not.toBe(again[4]);
  else expect(given).toEqual(again);
});

test('the key, kid, header and iv of each vector are those of its token', () => {
  for (const { key, kid, header, iv, token } of all) {
    const [givenHeader = '', , givenIv] = token.split('.');
    expect(vectors.linkKeys).toBe(`2026-11:${key}`);
    expect(Buffer.from(givenHeader, 'base64url').toString()).toBe(header);
    expect((JSON.parse(header) as { kid?: string }).kid ?? null).toBe(kid);
    expect(givenIv).toBe(iv);
  }
});

test('each vector has its own iv', () => {
  expect(new Set(all.map(({ iv }) => iv)).size).toBe(all.length);
});

const foreign = all.filter((vector) => !ofOurForm(vector));

test.each(foreign)('$name: the token is valid except for its header', async (vector) => {
  const { plaintext } = await compactDecrypt(vector.token, Buffer.from(vector.key, 'base64url'));
  expect(Buffer.from(plaintext).toString()).toBe(vector.claims);
});

test('the vectors contain one token with each forbidden header', () => {
  expect(foreign.map(({ name }) => name)).toEqual([
    'a wrapped key',
    'another encryption',
    'a compressed text',
  ]);
});
