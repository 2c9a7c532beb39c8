'use client';

import * as errorCopy from '@/lib/order/copy/en-US/error-page';
import './globals.css';

/** Replaces the document after an error outside every RenderBoundary. Every page loads this file, so it stays small. */
export default function PageError() {
  return (
    <html lang="en">
      <body className="font-sans antialiased">
        <main role="alert" className="m-auto max-w-96 px-6 py-16 text-center text-balance">
          <h1 className="text-2xl font-semibold tracking-tight">{errorCopy.pageFailed}</h1>
          <p className="mt-2 text-quiet">{errorCopy.pageFailedHint}</p>
          <button
            type="button"
            className="mt-4 min-h-11 rounded font-semibold underline underline-offset-2"
            onClick={() => location.reload()}
          >
            {errorCopy.reload}
          </button>
        </main>
      </body>
    </html>
  );
}
