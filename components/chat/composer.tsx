import { useRef, useState, type KeyboardEvent } from 'react';
import type { Outbox } from '@/lib/client/chat/outbox';
import { MAX_BODY_LENGTH, toBody } from '@/lib/order/outgoing';
import { QuickReplies } from './quick-replies';
import { Button } from '@/components/ui/button';
import { useCopy } from '@/lib/client/copy/order-copy';
import type { OrderCopy } from '@/lib/order/copy/en-US/order-page';

const COUNTDOWN_FROM_LENGTH = 900;
const ANNOUNCED_COUNTS = [10, 50, 100];

type Props = {
  shopperName: string | undefined;
  outbox: Pick<Outbox, 'getDraft' | 'setDraft'>;
  quickReplies: readonly string[];
  /** A message waits to be sent. */
  isWaiting?: boolean;
  /** Shown above the field while the customer writes or a message waits. */
  notice?: React.ReactNode;
  onSend: (text: string) => void;
};

/** Shows the text field and the send button. Enter sends on a physical keyboard; Shift+Enter inserts a line break. */
export function Composer(props: Props) {
  const copy = useCopy();
  const { shopperName, outbox, quickReplies, isWaiting, notice, onSend } = props;
  const [text, setText] = useState(outbox.getDraft);
  const field = useRef<HTMLTextAreaElement>(null);
  const { length } = toBody(text);
  const leftCount = MAX_BODY_LENGTH - length;
  const maySend = length > 0 && leftCount >= 0;

  function write(next: string) {
    outbox.setDraft(next);
    setText(next);
  }

  function send() {
    if (!maySend) return;
    onSend(text);
    write('');
    field.current?.focus({ preventScroll: true });
  }

  function sendByEnter(event: KeyboardEvent) {
    // During IME composition Enter confirms the composed text. Safari reports the composition only as key code 229.
    const isComposing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || isComposing || isTouchKeyboard()) return;
    event.preventDefault();
    if (!event.repeat) send();
  }

  return (
    <form
      className="composer relative border-t border-line px-3 pt-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] wide:px-4"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {(text !== '' || isWaiting) && notice}
      <QuickReplies
        replies={quickReplies}
        isHidden={text !== ''}
        onPick={(reply) => {
          write(reply);
          field.current?.focus({ preventScroll: true });
        }}
      />
      <div className="flex items-end gap-2">
        <div className="composer-field min-w-0 flex-1" data-text={text}>
          <textarea
            ref={field}
            rows={1}
            dir="auto"
            value={text}
            aria-label={shopperName ? copy.composer.labelWith(shopperName) : copy.composer.label}
            aria-invalid={leftCount < 0}
            placeholder={
              shopperName ? copy.composer.placeholderWith(shopperName) : copy.composer.placeholder
            }
            autoComplete="off"
            enterKeyHint={isTouchKeyboard() ? 'enter' : 'send'}
            onChange={(event) => write(event.target.value)}
            onKeyDown={sendByEnter}
          />
        </div>
        <Button
          variant="primary"
          type="submit"
          aria-disabled={!maySend}
          aria-label={copy.composer.send}
          className="grid size-11 shrink-0 place-items-center aria-disabled:bg-bubble aria-disabled:text-quiet forced-colors:border forced-colors:aria-disabled:text-[GrayText]"
        >
          <svg aria-hidden viewBox="0 0 20 20" className="size-5 fill-current rtl:rotate-180">
            <path d="M2.5 17.5 18 10 2.5 2.5v5.8L12 10l-9.5 1.7z" />
          </svg>
        </Button>
      </div>
      <p role="status" className="sr-only">
        {toCountdown(leftCount, copy)}
      </p>
      <p
        aria-hidden
        className={`px-1 text-end text-xs leading-6 ${leftCount < 0 ? 'font-semibold text-caution-ink' : 'text-quiet'}`}
      >
        {length >= COUNTDOWN_FROM_LENGTH &&
          (leftCount < 0 ? copy.composer.over(-leftCount) : copy.composer.left(leftCount))}
      </p>
    </form>
  );
}

// Returns the announcement at a few counts only, because one per key would disturb screen-reader users.
function toCountdown(leftCount: number, copy: OrderCopy): string {
  if (leftCount < 0) return copy.composer.tooLong;
  const step = ANNOUNCED_COUNTS.find((left) => leftCount <= left);
  return step === undefined ? '' : copy.composer.left(step);
}

function isTouchKeyboard(): boolean {
  return !matchMedia('(hover: hover) and (pointer: fine)').matches;
}
