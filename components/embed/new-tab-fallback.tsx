import * as shellCopy from '@/lib/order/copy/en-US/shell';

/** A link that opens the order in a new tab, for a frame that cannot show the page. */
export function NewTabFallback() {
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
