import { EARLY_HEADLINE_ID } from '@/lib/client/order/early-request-script';
import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';

const BAR = 'animate-pulse rounded-full bg-line';

// The type and place of the headline. A latest update may be longer than a stage, and then has no steps below it.
const EARLY_HEADLINE = [
  'headline peer font-semibold tracking-tight text-balance wrap-anywhere not-data-text:hidden line-clamp-2',
  'before:content-[attr(data-text)] not-data-stage:before:[unicode-bidi:plaintext]',
].join(' ');

/** The outline of the page, in boxes of the same size as those of the order. */
export function Skeleton({ copy }: { copy: OrderCopy }) {
  return (
    <div className="order-grid" data-chat="true" data-section="chat" aria-busy>
      <h1 className="sr-only">{copy.title('')}</h1>
      <p className="sr-only" role="status">
        {copy.loading}
      </p>
      <div aria-hidden className="status px-4 pt-0.5 pb-2.5 wide:px-6">
        <p id={EARLY_HEADLINE_ID} suppressHydrationWarning className={EARLY_HEADLINE} />
        <div className="flex h-(--headline-line) items-center peer-data-text:hidden">
          <div className={`h-5 w-4/5 wide:h-7 wide:w-1/3 ${BAR}`} />
        </div>
        <div className="flex h-5 items-center peer-[[data-text]:not([data-stage])]:hidden wide:h-6">
          <div className={`h-3.5 w-2/5 wide:w-1/5 ${BAR}`} />
        </div>
        <div className="progress mt-2.5 h-[1.5625rem] max-w-190 peer-[[data-text]:not([data-stage])]:hidden">
          <div className={`h-[5px] ${BAR}`} />
        </div>
        <div className="latest mt-3 h-5 peer-[[data-text]:not([data-stage])]:hidden narrow:hidden" />
      </div>
      <div aria-hidden className="h-[2.5625rem] border-b border-line wide:hidden" />
      <div aria-hidden className="side">
        <div className="items bg-card" />
        <div className="updates bg-card px-4 py-3">
          {[0, 1, 2].map((row) => (
            <div key={row} className={`my-3 h-9 w-full ${BAR}`} />
          ))}
        </div>
      </div>
      <div aria-hidden className="chat flex min-h-0 flex-col gap-3 bg-card p-4">
        <div className={`h-9 w-3/5 ${BAR}`} />
        <div className={`h-9 w-2/5 ${BAR}`} />
        <div className={`h-9 w-1/2 self-end ${BAR}`} />
        <div className={`h-9 w-3/5 ${BAR}`} />
        <div className={`mt-auto h-11 w-full ${BAR}`} />
      </div>
    </div>
  );
}
