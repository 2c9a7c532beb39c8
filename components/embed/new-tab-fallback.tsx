import * as shellCopy from '@/lib/order/copy/en-US/shell';

/** For a frame in which the page cannot live: the same order in a tab of its own. */
export function NewTabFallback() {
  return (
    <div className="way-out">
      <p>{shellCopy.blockedFrame}</p>
      <p>
        <a href="/order" target="_blank" rel="noopener" className="underline">
          {shellCopy.openInNewTab}
        </a>
      </p>
    </div>
  );
}
