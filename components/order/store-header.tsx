import { ORDER_NUMBER_ID, SUPPORT_TEXT_ID, TITLE_TEXT_ID } from '@/lib/client/order/header-places';
import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';

type Store = {
  name: string | undefined;
  logoUrl: string | undefined;
  /** A logo for dark pages. Without one the logo stands on a light plate there. */
  logoDarkUrl: string | undefined;
  supportUrl: string | undefined;
  copy: OrderCopy;
};

/** Shows the logo or the name of the store, and a link to its support page. */
export function StoreHeader({ name, logoUrl, logoDarkUrl, supportUrl, copy }: Store) {
  return (
    <header className="flex min-h-11 items-center gap-3 px-4 wide:min-h-15 wide:px-6">
      {logoUrl && (
        <picture>
          {logoDarkUrl && (
            <source srcSet={new URL(logoDarkUrl).href} media="(prefers-color-scheme: dark)" />
          )}
          <img
            src={logoUrl}
            alt={name ?? ''}
            height={28}
            referrerPolicy="no-referrer"
            className={`h-7 max-w-40 object-contain ${logoDarkUrl ? '' : 'logo-plate'}`}
          />
        </picture>
      )}
      {!logoUrl && (
        <p
          id={name === undefined ? TITLE_TEXT_ID : undefined}
          suppressHydrationWarning
          className="line-clamp-2 min-w-0 text-[0.9375rem] leading-5 font-semibold wrap-anywhere"
        >
          {name ?? copy.title('')}
        </p>
      )}
      <span
        id={ORDER_NUMBER_ID}
        className="ms-auto max-w-[50%] shrink-0 truncate text-sm text-quiet"
      />
      {supportUrl && (
        <a
          href={supportUrl}
          rel="noopener noreferrer"
          className="group flex min-h-11 min-w-11 shrink-0 items-center justify-end text-sm font-semibold whitespace-nowrap text-brand-text wide:hover:underline"
        >
          <span id={SUPPORT_TEXT_ID} suppressHydrationWarning className="narrow:sr-only">
            {copy.support}
          </span>
          <span
            aria-hidden
            className="grid size-7 place-items-center rounded-full border-[1.5px] border-line bg-card wide:hidden"
          >
            ?
          </span>
        </a>
      )}
    </header>
  );
}
