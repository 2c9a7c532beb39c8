import { readFileSync } from 'node:fs';
import filePlugin from '@size-limit/file';
import sizeLimit from 'size-limit';
import { z } from 'zod';

const sizes = z.tuple([z.object({ size: z.number() })]);
const SCRIPT = /<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g;

/** The total size of files of `_next/static`, each compressed with `gzip -9`, in bytes. */
export async function toGzipBytes(buildFolder: string, addresses: Iterable<string>) {
  const files = [...new Set(addresses)].map((address) => {
    const { pathname } = new URL(address, 'http://site');
    return pathname.replace('/_next/', `${buildFolder}/`);
  });
  if (files.length === 0) return 0;
  const [{ size }] = sizes.parse(await sizeLimit(filePlugin, { checks: [{ files, gzip: true }] }));
  return size;
}

/** The scripts that the page of tests/floor loads, without scripts for old browsers. */
export function readFloorScripts(): string[] {
  const html = readFileSync('tests/floor/.next/server/app/index.html', 'utf8');
  return [...html.matchAll(SCRIPT)]
    .filter(([tag]) => !/nomodule/i.test(tag))
    .map(([, address = '']) => address);
}
