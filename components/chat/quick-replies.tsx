import { copy } from '@/lib/order/copy/en-US/order-page';

type Props = { replies: readonly string[]; onPick: (reply: string) => void };

/** Answers to what shoppers ask most: a tap fills the field, and the customer sends. */
export function QuickReplies({ replies, onPick }: Props) {
  if (replies.length === 0) return null;
  return (
    <ul
      aria-label={copy.composer.quickRepliesLabel}
      className="-mx-4 mb-2 flex [scrollbar-width:none] gap-2 overflow-x-auto px-4 @min-[720px]:mx-0 @min-[720px]:flex-wrap @min-[720px]:px-0"
    >
      {replies.map((reply) => (
        <li key={reply} className="shrink-0">
          <button
            type="button"
            className="min-h-9 rounded-full border border-line px-3.5 text-sm whitespace-nowrap"
            onClick={() => onPick(reply)}
          >
            <bdi>{reply}</bdi>
          </button>
        </li>
      ))}
    </ul>
  );
}
