import { Button } from '@/components/ui/button';
import { useCopy } from '@/lib/client/copy/order-copy';

type Props = {
  replies: readonly string[];
  /** Hidden replies keep their place. */
  isHidden: boolean;
  onPick: (reply: string) => void;
};

/**
 * Shows prepared replies above the composer, over the padding of the thread, so that nothing moves when they appear.
 * A tap puts the reply into the text field, where the customer can edit it before sending.
 */
export function QuickReplies({ replies, isHidden, onPick }: Props) {
  const copy = useCopy();
  if (replies.length === 0) return null;
  return (
    <ul
      aria-label={copy.composer.quickRepliesLabel}
      className={`absolute inset-x-0 bottom-full flex [scrollbar-width:none] gap-2 overflow-x-auto px-3 pb-2 wide:px-4 ${isHidden ? 'invisible' : ''}`}
    >
      {replies.map((reply) => (
        <li key={reply} className="shrink-0">
          <Button
            variant="outline"
            className="min-h-9 bg-card px-3.5 whitespace-nowrap"
            onClick={() => onPick(reply)}
          >
            <bdi>{reply}</bdi>
          </Button>
        </li>
      ))}
    </ul>
  );
}
