import { EARLY_HEADLINE_ID } from '@/lib/client/order/early-request-script';
import * as shellCopy from '@/lib/order/copy/en-US/shell';
import { copy } from '@/lib/order/copy/en-US/order-page';

const BAR = 'animate-pulse rounded-full bg-line';

// The headline has the same font as on the loaded page, and the same height as the bars that it replaces.
const EARLY_HEADLINE = [
  'peer font-semibold tracking-tight text-balance wrap-anywhere not-data-text:hidden',
  'before:content-[attr(data-text)] before:[unicode-bidi:plaintext]',
  'line-clamp-2 wide:line-clamp-1',
  'not-data-long:-mb-1 not-data-long:h-16 not-data-long:text-2xl not-data-long:leading-8',
  'wide:not-data-long:mb-0 wide:not-data-long:h-10 wide:not-data-long:text-3xl wide:not-data-long:leading-10',
  'data-long:mb-3 data-long:h-14 data-long:text-xl data-long:leading-7 wide:data-long:mb-5 wide:data-long:h-7',
].join(' ');

/** Shows placeholders of the same size as the parts of the order, so that the layout does not shift. */
export function Skeleton() {
  return (
    <div className="order-grid" aria-busy>
      <h1 className="sr-only">{shellCopy.pageTitle}</h1>
      <p className="sr-only" role="status">
        {copy.loading}
      </p>
      <div aria-hidden className="now px-4 pt-4 pb-5 wide:px-6">
        <p id={EARLY_HEADLINE_ID} suppressHydrationWarning className={EARLY_HEADLINE} />
        <div className="peer-data-text:hidden">
          <div className={`my-1 h-6 w-4/5 wide:my-0 wide:h-10 wide:w-1/2 ${BAR}`} />
          <div className={`my-2 h-6 w-3/5 wide:hidden ${BAR}`} />
        </div>
        <div className={`my-2 h-6 w-2/5 wide:hidden ${BAR}`} />
        <div className={`mt-2 h-8 w-1/2 wide:w-1/4 ${BAR}`} />
      </div>
      <div aria-hidden className="updates border-line px-4 wide:px-6 wide:py-5 narrow:border-y">
        <div className={`my-2.5 h-6 w-full wide:my-0 wide:h-12 ${BAR}`} />
        {[0, 1, 2].map((row) => (
          <div key={row} className={`mt-6 hidden h-12 w-full wide:block ${BAR}`} />
        ))}
      </div>
      <div
        aria-hidden
        className="chat flex min-h-0 flex-col justify-end gap-3 bg-card px-4 py-8 wide:px-6"
      >
        <div className={`h-10 w-3/5 ${BAR}`} />
        <div className={`h-10 w-2/5 ${BAR}`} />
        <div className={`h-10 w-1/2 self-end ${BAR}`} />
        <div className={`h-10 w-3/5 ${BAR}`} />
      </div>
    </div>
  );
}
