import type { ShellCopy } from '@/lib/order/copy/en-US/shell';

/** Shows a link that opens the order in a new tab, if the frame cannot show the page. */
export function NewTabFallback({ shellCopy }: { shellCopy: ShellCopy }) {
  return (
    <div className="new-tab">
      <p>{shellCopy.blockedFrame}</p>
      <p>
        <a href="/order" target="_blank" rel="noopener" className="underline">
          {shellCopy.openInNewTab}
        </a>
      </p>
    </div>
  );
}
