import type { Items } from '@/lib/order/order-view';
import { isItems } from '@/lib/order/is-items';
import { SEPARATOR } from '@/lib/order/copy/en-US/order-page';
import { decisionCopy } from '@/lib/order/copy/en-US/items';
import { Phrase } from '@/components/ui/phrase';

/** The replacements that wait for an answer, as a row of the thread. The button leads to the decision beside it. */
export function ThreadQuestion({ items }: { items: Items }) {
  const line = isItems(items) ? items.lines.find(({ state }) => state === 'decide') : undefined;
  if (!line) return null;
  return (
    <p className="leading-[1.125rem] wrap-anywhere narrow:hidden">
      <Phrase toSentence={decisionCopy.inThread} value={line.replacement?.name ?? line.name} />
      <span>{SEPARATOR}</span>
      <button
        type="button"
        className="min-h-6 font-medium text-brand-text underline"
        onClick={() => document.querySelector<HTMLElement>('.decision [data-focus]')?.focus()}
      >
        {decisionCopy.review}
      </button>
    </p>
  );
}
