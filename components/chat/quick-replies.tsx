import { copy } from '@/lib/order/copy/en-US/order-page';
import { Button } from '@/components/ui/button';

type Props = { replies: readonly string[]; onPick: (reply: string) => void };

/** Shows prepared replies. A tap puts the reply into the text field, where the customer can edit it before sending. */
export function QuickReplies({ replies, onPick }: Props) {
  if (replies.length === 0) return null;
  return (
    <ul
      aria-label={copy.composer.quickRepliesLabel}
      className="-mx-3 mb-2 flex [scrollbar-width:none] gap-2 overflow-x-auto px-3"
    >
      {replies.map((reply) => (
        <li key={reply} className="shrink-0">
          <Button
            variant="outline"
            className="min-h-9 px-3.5 whitespace-nowrap"
            onClick={() => onPick(reply)}
          >
            <bdi>{reply}</bdi>
          </Button>
        </li>
      ))}
    </ul>
  );
}
