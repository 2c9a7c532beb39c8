import { shellWords } from '@/lib/order/shell-words';

/** For a frame in which the page cannot live: the same order in a tab of its own. */
export function WayOut() {
  return (
    <div className="p-6 text-center text-balance">
      <p>{shellWords.blockedFrame}</p>
      <p className="mt-3">
        <a
          href="/order"
          target="_blank"
          rel="noopener"
          className="font-medium underline underline-offset-2"
        >
          {shellWords.openInNewTab}
        </a>
      </p>
    </div>
  );
}
