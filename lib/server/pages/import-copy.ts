import 'server-only';
import type { Locale } from '@/lib/order/copy/locales';
import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';
import type { ShellCopy } from '@/lib/order/copy/en-US/shell';

export type ImportedCopy = { copy: OrderCopy; shellCopy: ShellCopy };

/** The texts that the server itself writes, in one language. */
export async function importCopy(locale: Locale): Promise<ImportedCopy> {
  /* eslint-disable no-restricted-syntax -- A new language needs only its folder. */
  const order: Pick<ImportedCopy, 'copy'> = await import(`@/lib/order/copy/${locale}/order-page`);
  const shell: Pick<ImportedCopy, 'shellCopy'> = await import(`@/lib/order/copy/${locale}/shell`);
  /* eslint-enable no-restricted-syntax */
  return { copy: order.copy, shellCopy: shell.shellCopy };
}
