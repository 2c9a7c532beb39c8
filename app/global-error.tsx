'use client';

import * as errorCopy from '@/lib/order/copy/en-US/error-page';
import './globals.css';
import { Button } from '@/components/ui/button';

/** Replaces the whole document after an error outside every RenderBoundary. Every page carries it, so it is small. */
export default function PageError() {
  return (
    <html lang="en">
      <body className="font-sans antialiased">
        <main role="alert" className="m-auto max-w-96 px-6 py-16 text-center text-balance">
          <h1 className="text-2xl font-semibold tracking-tight">{errorCopy.pageFailed}</h1>
          <p className="mt-2 text-quiet">{errorCopy.pageFailedHint}</p>
          <Button variant="text" className="mt-4 min-h-11" onClick={() => location.reload()}>
            {errorCopy.reload}
          </Button>
        </main>
      </body>
    </html>
  );
}
