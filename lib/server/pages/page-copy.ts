import 'server-only';
import { existsSync, readFileSync } from 'node:fs';
import { headers } from 'next/headers';
import { cache } from 'react';
import { ALL_LOCALES, findLocale, type Locale } from '@/lib/order/copy/locales';
import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';
import type { ShellCopy } from '@/lib/order/copy/en-US/shell';
import { getEnv } from '@/lib/server/config/env';
import { LOCALE_HEADER } from './page-locale';

export type PageCopy = {
  copy: OrderCopy;
  shellCopy: ShellCopy;
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
  /* eslint-disable no-restricted-syntax -- The folder of a language is all that it takes to add one. */
  const order: Pick<PageCopy, 'copy'> = await import(`@/lib/order/copy/${locale}/order-page`);
  const shell: Pick<PageCopy, 'shellCopy'> = await import(`@/lib/order/copy/${locale}/shell`);
  /* eslint-enable no-restricted-syntax */
  return { copy: order.copy, shellCopy: shell.shellCopy, copyScript: readAddresses()[locale] };
});
