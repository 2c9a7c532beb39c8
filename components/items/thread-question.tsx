import type { Items } from '@/lib/order/order-view';
import { isItems } from '@/lib/order/is-items';
import { Phrase } from '@/components/ui/phrase';
import { SEPARATOR } from '@/lib/order/copy/intl';
import { useItemsCatalogue } from '@/lib/client/copy/items-copy';
import { useCopy } from '@/lib/client/copy/order-copy';

/** The replacements that wait for an answer, as a row of the thread. The button leads to the decision beside it. */
export function ThreadQuestion({ items }: { items: Items }) {
  const itemsCopy = useItemsCatalogue(useCopy().locale);
  const line = isItems(items) ? items.lines.find(({ state }) => state === 'decide') : undefined;
  if (!line || !itemsCopy) return null;
  const { decisionCopy } = itemsCopy;
  return (
    <p className="leading-[1.125rem] wrap-anywhere narrow:hidden">
      <Phrase
        toSentence={decisionCopy.inThread}
        value={line.replacement?.name ?? decisionCopy.notOffered}
      />
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
