import 'server-only';
import type { PageLabel } from '@/lib/server/observability/vocabulary';

// Every page and public file of the product. There are no others.

export const PAGES: ReadonlyMap<string, PageLabel> = new Map([
  ['/order', 'order'],
  ['/embed', 'embed'],
  ['/embed/check', 'embed_check'],
  ['/s', 'short_link'],
]);
export const PUBLIC_FILES = [
  ...['/embed.js', '/embed.d.ts', '/embed-react.d.ts', '/embed-vue.d.ts'],
  ...['/robots.txt', '/icon.svg'],
];
/** Before the files of the build. */
export const STATIC_PREFIX = '/_next/static/';
/** Stands for every unknown path, so that no spelling of one reaches Next.js. */
export const NOT_FOUND_PATH = '/not-found';
