import { useState } from 'react';
import { cutText } from '@/lib/order/clean-text';
import { toTextParts } from '@/lib/order/text-parts';
import { words } from '@/lib/order/words';

const FOLD_AT = 2_000;

/** A stranger's text as text; `plain` leaves links out, for headlines and previews. */
export function MessageText({ body, plain = false }: { body: string; plain?: boolean }) {
  const [isUnfolded, setIsUnfolded] = useState(false);
  const isWhole = isUnfolded || body.length <= FOLD_AT;
  const shown = isWhole ? body : fold(body);
  return (
    <>
      <bdi dir="auto" className={plain ? '' : 'block whitespace-pre-line'}>
        {plain ? shown : toTextParts(shown).map(toNode)}
      </bdi>
      {!isWhole && !plain && (
        <button
          type="button"
          className="mt-1 block min-h-6 font-medium underline"
          onClick={() => setIsUnfolded(true)}
        >
          {words.chat.showMore}
        </button>
      )}
    </>
  );
}

// Ends before a word, so that neither an address nor a character is cut in two.
function fold(body: string): string {
  return `${cutText(body, FOLD_AT)
    .replace(/(?<=\s)\S*$/, '')
    .trimEnd()}…`;
}

function toNode(part: ReturnType<typeof toTextParts>[number], index: number) {
  if (part.kind === 'text') return <span key={index}>{part.text}</span>;
  const target = part.kind === 'link' ? { target: '_blank' } : {};
  return (
    <a
      key={index}
      href={part.href}
      {...target}
      rel="noopener noreferrer nofollow ugc"
      className="underline underline-offset-2"
      dir="ltr"
    >
      {part.text}
    </a>
  );
}
