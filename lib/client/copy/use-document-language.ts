import { useLayoutEffect } from 'react';
import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';
import { SUPPORT_TEXT_ID, TITLE_TEXT_ID } from '@/lib/client/order/header-places';

/** Gives the document the language of `copy`, also the texts that the server rendered in the language of the HTML. */
export function useDocumentLanguage(copy: OrderCopy | undefined): void {
  useLayoutEffect(() => {
    const { documentElement: root } = document;
    if (!copy || root.lang === copy.locale) return;
    root.lang = copy.locale;
    root.dir = copy.direction;
    document.getElementById(SUPPORT_TEXT_ID)?.replaceChildren(copy.support);
    document.getElementById(TITLE_TEXT_ID)?.replaceChildren(copy.title(''));
  }, [copy]);
}
