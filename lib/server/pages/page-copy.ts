import 'server-only';
import { headers } from 'next/headers';
import { ALL_LOCALES, findLocale } from '@/lib/order/copy/locales';
import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';
import type { ShellCopy } from '@/lib/order/copy/en-US/shell';
import { getEnv } from '@/lib/server/config/env';
import { LOCALE_HEADER } from './page-locale';

export type PageCopy = { copy: OrderCopy; shellCopy: ShellCopy };

/** The copy in the language that proxy.ts has chosen for this request. */
export async function getPageCopy(): Promise<PageCopy> {
  const chosen = findLocale((await headers()).get(LOCALE_HEADER), ALL_LOCALES);
  const locale = chosen ?? getEnv().LOCALES[0];
  /* eslint-disable no-restricted-syntax -- The folder of a language is all that it takes to add one. */
  const order: Pick<PageCopy, 'copy'> = await import(`@/lib/order/copy/${locale}/order-page`);
  const shell: Pick<PageCopy, 'shellCopy'> = await import(`@/lib/order/copy/${locale}/shell`);
  /* eslint-enable no-restricted-syntax */
  return { copy: order.copy, shellCopy: shell.shellCopy };
}
