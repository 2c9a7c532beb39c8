import { useState } from 'react';
import { foldParts, isLong } from '@/lib/order/fold-text';
import { linkify, type TextPart } from '@/lib/order/linkify';
import { useCopy } from '@/lib/client/copy/order-copy';

/** Renders untrusted text as text nodes. `plain` omits links, for headlines and previews. */
export function MessageText({ body, plain = false }: { body: string; plain?: boolean }) {
  const copy = useCopy();
  const [isUnfolded, setIsUnfolded] = useState(false);
  const isWhole = isUnfolded || !isLong(body);
  const parts = plain ? [toText(body)] : linkify(body);
  return (
    <>
      <bdi dir="auto" className={plain ? '' : 'block whitespace-pre-line'}>
        {(isWhole ? parts : foldParts(parts)).map(toNode)}
      </bdi>
      {!isWhole && !plain && (
        <button
          type="button"
          className="mt-1 block min-h-6 font-medium underline"
          onClick={() => setIsUnfolded(true)}
        >
          {copy.chat.showMore}
        </button>
      )}
    </>
  );
}

function toText(text: string): TextPart {
  return { kind: 'text', text };
}

function toNode(part: TextPart, index: number) {
  if (part.kind === 'text') return <span key={index}>{part.text}</span>;
  const target = part.kind === 'link' ? { target: '_blank' } : {};
  return (
    <span key={index}>
      <a
        href={part.href}
        {...target}
        rel="noopener noreferrer nofollow ugc"
        className="underline underline-offset-2"
        dir="ltr"
      >
        {part.text}
      </a>
      {part.kind === 'link' && part.host && <bdi dir="ltr">{` (${part.host})`}</bdi>}
    </span>
  );
}
