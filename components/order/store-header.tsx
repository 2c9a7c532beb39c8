import * as shellCopy from '@/lib/order/copy/en-US/shell';

type Store = {
  name: string | undefined;
  logoUrl: string | undefined;
  supportUrl: string | undefined;
};

/** Shows the logo or the name of the store, and a link to its support page. */
export function StoreHeader({ name, logoUrl, supportUrl }: Store) {
  return (
    <header className="flex min-h-14 items-center gap-3 px-4 py-2 wide:px-6">
      {logoUrl && (
        <img
          src={logoUrl}
          alt={name ?? ''}
          height={32}
          referrerPolicy="no-referrer"
          className="h-8 max-w-40 object-contain"
        />
      )}
      {!logoUrl && (
        <p className="line-clamp-2 min-w-0 font-semibold wrap-anywhere">
          {name ?? shellCopy.pageTitle}
        </p>
      )}
      {supportUrl && (
        <a
          href={supportUrl}
          rel="noopener noreferrer"
          className="ms-auto flex min-h-11 shrink-0 items-center text-sm font-medium whitespace-nowrap text-brand-text underline underline-offset-4"
        >
          {shellCopy.support}
        </a>
      )}
    </header>
  );
}
