'use client';

import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { listenForHandshake, readDiagnostics } from '@/lib/client/embed/embed-diagnostics';
import { useEmbedHost } from '@/lib/client/embed/use-embed-host';
import { toCheckRows, type CheckRow, type EmbedFacts } from '@/lib/client/embed/check-rows';
import { useCheckCatalogue } from '@/lib/client/copy/check-copy';
import { usePageLocale } from '@/lib/client/copy/use-page-locale';
import type { CheckCopy } from '@/lib/order/copy/en-US/embed-check';
import type { PageLocales } from '@/lib/order/page-settings';

const REFRESH_MS = 1_000;
const MARKS = { ok: '✓', note: 'i', problem: '✕' };

type Props = { allowedOrigins: readonly string[]; locales: PageLocales };

/** Checks the frame that this page is in, and lists the results. */
export function EmbedCheck({ allowedOrigins, locales }: Props) {
  const content = useRef<HTMLDivElement>(null);
  const [facts, setFacts] = useState<EmbedFacts>();
  const [handshake, setHandshake] = useState<EmbedFacts['handshake']>();
  const [isServerReachable, setIsServerReachable] = useState<boolean>();
  // This effect must run before the effects of useEmbedHost, which remove the early messages.
  useLayoutEffect(() => listenForHandshake(setHandshake), []);
  const host = useEmbedHost(allowedOrigins, content);

  useEffect(() => {
    host.post({ ready: {} });
    fetch('/healthz', { cache: 'no-store' }).then(
      ({ ok }) => setIsServerReachable(ok),
      () => setIsServerReachable(false),
    );
    const refresh = () => setFacts(readDiagnostics());
    const timer = setInterval(refresh, REFRESH_MS);
    refresh();
    return () => clearInterval(timer);
  }, [host]);

  const copy = useCheckCatalogue(usePageLocale(locales, undefined));
  if (!copy) return <div ref={content} />;
  const rows = facts
    ? toCheckRows({ ...facts, handshake, isServerReachable }, allowedOrigins, copy)
    : [];
  return (
    <div ref={content} className="mx-auto w-full max-w-160 p-4 wide:p-6">
      <h1 className="text-2xl font-semibold tracking-tight">{copy.title}</h1>
      <p className="mt-1 text-quiet">{copy.intro}</p>
      <dl className="mt-4 border-t border-line">
        {rows.map((row) => (
          <Row key={row.subject} row={row} copy={copy} />
        ))}
      </dl>
    </div>
  );
}

function Row({ row: { subject, verdict, text }, copy }: { row: CheckRow; copy: CheckCopy }) {
  const isProblem = verdict === 'problem';
  return (
    <div className="border-b border-line py-3">
      <dt className="flex items-center font-medium">
        <span
          aria-hidden
          className={`me-3 grid size-7 place-content-center rounded-full text-sm font-bold ${isProblem ? 'bg-caution text-caution-ink' : 'bg-bubble'}`}
        >
          {MARKS[verdict]}
        </span>
        <span>{subject}</span>
        <span className={isProblem ? 'ms-2 text-sm font-semibold' : 'sr-only'}>
          {copy.verdicts[verdict]}
        </span>
      </dt>
      <dd className="ms-10 text-[0.9375rem] wrap-anywhere text-quiet">{text}</dd>
    </div>
  );
}
