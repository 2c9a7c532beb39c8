'use client';

import * as errorWords from '@/lib/order/error-words';
import './globals.css';

/** Stands in for the whole document when a part of it breaks: every page carries it, so there is one, and it is small. */
export default function PageError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body className="font-sans antialiased">
        <main role="alert" className="m-auto max-w-96 px-6 py-16 text-center text-balance">
          <h1 className="text-2xl font-semibold tracking-tight">{errorWords.pageFailed}</h1>
          <p className="mt-2 text-quiet">{errorWords.pageFailedHint}</p>
          <button type="button" className="mt-4 min-h-11 font-semibold underline" onClick={reset}>
            {errorWords.reload}
          </button>
        </main>
      </body>
    </html>
  );
}
