'use client';

import { Apology } from '@/components/apology';
import { words } from '@/lib/order/words';

export default function PageError({ reset }: { reset: () => void }) {
  return (
    <main className="flex min-h-dvh">
      <Apology title={words.pageFailed} message={words.pageFailedHint}>
        <button type="button" className="mt-4 min-h-11 font-semibold underline" onClick={reset}>
          {words.reload}
        </button>
      </Apology>
    </main>
  );
}
