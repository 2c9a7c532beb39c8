import 'server-only';
import { existsSync, readFileSync } from 'node:fs';
import { headers } from 'next/headers';
import { cache } from 'react';
import { ALL_LOCALES, findLocale, type Locale } from '@/lib/order/copy/locales';
import { getEnv } from '@/lib/server/config/env';
import { importCopy, type ImportedCopy } from './import-copy';
import { LOCALE_HEADER } from './page-locale';

export type PageCopy = ImportedCopy & {
  /** Address of the script with `copy`; undefined in development. */
  copyScript: string | undefined;
};

// Written by npm run build. Next.js runs in the project's folder.
const ADDRESSES_FILE = '.next/catalogues.json';

function readAddresses(): Partial<Record<Locale, string>> {
  return existsSync(ADDRESSES_FILE) ? JSON.parse(readFileSync(ADDRESSES_FILE, 'utf8')) : {};
}

/** The copy in the language that proxy.ts has chosen for this request. Layout, metadata and page share one reading. */
export const getPageCopy = cache(async (): Promise<PageCopy> => {
  const chosen = findLocale((await headers()).get(LOCALE_HEADER), ALL_LOCALES);
  const locale = chosen ?? getEnv().LOCALES[0];
  return { ...(await importCopy(locale)), copyScript: readAddresses()[locale] };
});
