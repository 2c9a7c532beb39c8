import { canUndo, type Choice, type Decisions } from '@/lib/client/items/decisions';
import { toDecisionText } from '@/lib/client/items/decision-text';
import type { Question } from '@/lib/client/items/use-decisions';
import { decisionCopy } from '@/lib/order/copy/en-US/items';
import { ReplacementPictures } from './replacement-pictures';

const BUTTON =
  'min-h-11 flex-1 rounded-full border border-line px-3 text-[0.9375rem] font-semibold text-brand-text';

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
  const { line, decision } = question;
  const text = toDecisionText(decision);
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
        <p className="flex min-h-11 items-center text-sm text-quiet">{decisionCopy.readOnly}</p>
      )}
      {isAsking && mayDecide && (
        <div className="flex gap-2">
          <button type="button" data-focus className={BUTTON} onClick={() => choose('approve')}>
            {decisionCopy.keep}
          </button>
          <button type="button" className={BUTTON} onClick={() => choose('refund')}>
            {decisionCopy.refund}
          </button>
        </div>
      )}
      {!isAsking && (
        <div className="flex min-h-11 items-center gap-2">
          <p
            data-focus={decision.phase === 'sending' || decision.phase === 'decided' || undefined}
            className="min-w-0 flex-1 text-sm leading-5"
          >
            {text}
          </p>
          {canUndo(decision) && (
            <Action isFirst text={decisionCopy.undo} onClick={() => decisions.undo(line.id)} />
          )}
          {decision.phase === 'chosen' && position < total && (
            <Action text={decisionCopy.next} onClick={() => decisions.sendNow(line.id)} />
          )}
          {decision.phase === 'refused' && (
            <Action isFirst text={decisionCopy.ok} onClick={() => decisions.close(line.id)} />
          )}
        </div>
      )}
    </>
  );
}

type ActionProps = { text: string; isFirst?: boolean; onClick: () => void };

function Action({ text, isFirst, onClick }: ActionProps) {
  return (
    <button
      type="button"
      data-focus={isFirst}
      className="min-h-11 rounded-full border border-line px-4 text-[0.9375rem] font-semibold text-brand-text"
      onClick={onClick}
    >
      {text}
    </button>
  );
}
