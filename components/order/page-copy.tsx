import { OrderCopyContext, useOrderCatalogue } from '@/lib/client/copy/order-copy';
import { useDocumentLanguage } from '@/lib/client/copy/use-document-language';
import { usePageLocale } from '@/lib/client/copy/use-page-locale';
import type { PageLocales } from '@/lib/order/page-settings';

type Props = {
  locales: PageLocales;
  /** The language of the link; undefined while it is not known. */
  linkLocale: string | null | undefined;
  /** Shown until the copy has loaded. */
  fallback: React.ReactNode;
  children: React.ReactNode;
};

/** Provides the copy in the page's language, which can change at any time, and gives the document that language. */
export function PageCopy({ locales, linkLocale, fallback, children }: Props) {
  const locale = usePageLocale(locales, linkLocale);
  const copy = useOrderCatalogue(linkLocale === undefined ? undefined : locale);
  useDocumentLanguage(copy);
  if (!copy) return fallback;
  return <OrderCopyContext value={copy}>{children}</OrderCopyContext>;
}
