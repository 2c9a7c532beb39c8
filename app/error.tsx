'use client';

import { Apology } from '@/components/apology';
import * as shellWords from '@/lib/order/shell-words';

export default function PageError({ reset }: { reset: () => void }) {
  return (
    <main className="flex min-h-dvh">
      <Apology title={shellWords.pageFailed} message={shellWords.pageFailedHint}>
        <button type="button" className="mt-4 min-h-11 font-semibold underline" onClick={reset}>
          {shellWords.reload}
        </button>
      </Apology>
    </main>
  );
}
