import { useLayoutEffect, useRef } from 'react';
import { toQuestionAnnouncement } from '@/lib/client/items/decision-text';
import { useDecisions } from '@/lib/client/items/use-decisions';
import { useFocusWithin } from '@/lib/client/items/use-focus-within';
import { readSpacePx, reserveSpace, slideBelow } from '@/lib/client/items/decision-space';
import { useAnnouncement } from '@/lib/client/hooks/use-announcement';
import { toItemsAnnouncement } from '@/lib/order/item-changes';
import type { Items } from '@/lib/order/order-view';
import { DecisionCard } from './decision-card';
import { useItemsCopy } from '@/lib/client/copy/items-copy';

type Props = {
  items: Items;
  mayDecide: boolean;
  token: string;
  onAnswer: () => void;
};

/** Shows the replacements to decide, one after another, above whichever section is open. */
export function DecisionSlot({ items, mayDecide, token, onAnswer }: Props) {
  const copy = useItemsCopy();
  const { decisionCopy } = copy;
  const { question, position, total, decisions } = useDecisions(token, items, onAnswer);
  const place = useRef<HTMLDivElement>(null);
  // The card tells the result of the customer's own decisions.
  const announcement = useAnnouncement(items, (before, after) =>
    toItemsAnnouncement(before, after, decisions.getAll(), copy),
  );
  const result = useAnnouncement(question, (before, after) =>
    toQuestionAnnouncement(before, after, decisionCopy),
  );
  const isShown = question !== undefined;
  useFocusWithin(place, `${question?.line.id} ${question?.decision?.phase}`);
  const spacePx = useRef<number>(undefined);
  useLayoutEffect(() => {
    const { current: element } = place;
    if (!element) return;
    const before = spacePx.current;
    spacePx.current = readSpacePx(element);
    if (before !== undefined) slideBelow(element, spacePx.current - before);
  }, [isShown]);
  return (
    <>
      <div ref={place} className="decision-place">
        {question && (
          <section ref={reserveSpace} aria-label={decisionCopy.title} className="decision">
            <DecisionCard
              key={question.line.id}
              question={question}
              position={position}
              total={total}
              mayDecide={mayDecide}
              decisions={decisions}
            />
          </section>
        )}
      </div>
      <p role="status" className="sr-only">
        {announcement}
      </p>
      <p role="status" className="sr-only">
        {result}
      </p>
    </>
  );
}
