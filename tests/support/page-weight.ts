import { readFileSync } from 'node:fs';
import filePlugin from '@size-limit/file';
import sizeLimit from 'size-limit';
import { z } from 'zod';

const sizes = z.tuple([z.object({ size: z.number() })]);
const SCRIPT = /<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g;

/** Bytes of files of `_next/static`, by their addresses, each as `gzip -9` makes it. */
export async function toGzipBytes(buildFolder: string, addresses: Iterable<string>) {
  const files = [...new Set(addresses)].map((address) => {
    const { pathname } = new URL(address, 'http://site');
    return pathname.replace('/_next/', `${buildFolder}/`);
  });
  if (files.length === 0) return 0;
  const [{ size }] = sizes.parse(await sizeLimit(filePlugin, { checks: [{ files, gzip: true }] }));
  return size;
}

/** The scripts of tests/floor, which is built to HTML; what only old browsers load left out. */
export function readFloorScripts(): string[] {
  const html = readFileSync('tests/floor/.next/server/app/index.html', 'utf8');
  return [...html.matchAll(SCRIPT)]
    .filter(([tag]) => !/nomodule/i.test(tag))
    .map(([, address = '']) => address);
}
