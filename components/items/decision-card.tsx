import { canUndo, type Choice, type Decisions } from '@/lib/client/items/decisions';
import { toDecisionText } from '@/lib/client/items/decision-text';
import type { Question } from '@/lib/client/items/use-decisions';
import { CardButton } from './card-button';
import { ReplacementPictures } from './replacement-pictures';
import { useItemsCopy } from '@/lib/client/copy/items-copy';

type Props = {
  question: Question;
  /** Its place among the questions, counted from 1, and their number. */
  position: number;
  total: number;
  mayDecide: boolean;
  decisions: Decisions;
};

/** Asks whether to keep one replacement. The result takes the place of the buttons, so that nothing moves. */
export function DecisionCard({ question, position, total, mayDecide, decisions }: Props) {
  const { decisionCopy } = useItemsCopy();
  const { line, decision } = question;
  const text = toDecisionText(decision, decisionCopy);
  const isAsking = !decision || decision.phase === 'failed';
  const choose = (choice: Choice) => decisions.choose(line, choice);
  return (
    <>
      <div className="flex items-baseline gap-2">
        <h2 className="min-w-0 flex-1 text-[0.9375rem] leading-5 font-semibold">
          {decision?.phase === 'failed' ? text : decisionCopy.title}
        </h2>
        {total > 1 && (
          <p className="text-[0.8125rem] text-quiet">{decisionCopy.position(position, total)}</p>
        )}
      </div>
      <ReplacementPictures line={line} />
      {isAsking && !mayDecide && (
        <p data-focus className="flex min-h-11 items-center text-sm text-quiet">
          {decisionCopy.readOnly}
        </p>
      )}
      {isAsking && mayDecide && (
        <div className="flex flex-wrap gap-2">
          <CardButton
            isFirst
            className="flex-1"
            text={decisionCopy.keep}
            onPress={() => choose('approve')}
          />
          <CardButton
            className="flex-1"
            text={decisionCopy.refund}
            onPress={() => choose('refund')}
          />
        </div>
      )}
      {!isAsking && (
        <div className="flex min-h-11 flex-wrap items-center gap-2">
          <p
            data-focus={decision.phase === 'sending' || decision.phase === 'decided' || undefined}
            className="min-w-0 flex-1 basis-24 text-sm leading-5"
          >
            {text}
          </p>
          {canUndo(decision) && (
            <CardButton isFirst text={decisionCopy.undo} onPress={() => decisions.undo(line.id)} />
          )}
          {decision.phase === 'chosen' && position < total && (
            <CardButton text={decisionCopy.next} onPress={() => decisions.sendNow(line.id)} />
          )}
          {decision.phase === 'refused' && (
            <CardButton isFirst text={decisionCopy.ok} onPress={() => decisions.close(line.id)} />
          )}
        </div>
      )}
    </>
  );
}
