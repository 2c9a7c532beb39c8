'use client';

import { useState } from 'react';
import { readErrorCopy } from '@/lib/client/copy/error-copy';
import './globals.css';

/** Replaces the document after an error outside every RenderBoundary. Every page loads this file, so it stays small. */
export default function PageError() {
  // The document is still the page that has failed, and has the copy in its language.
  const [copy] = useState(readErrorCopy);
  return (
    <html lang={globalThis.document?.documentElement.lang ?? 'en-US'}>
      <body className="font-sans antialiased">
        <main role="alert" className="m-auto max-w-96 px-6 py-16 text-center text-balance">
          <h1 className="text-2xl font-semibold tracking-tight">{copy.title}</h1>
          <p className="mt-2 text-quiet">{copy.hint}</p>
          <button
            type="button"
            className="mt-4 min-h-11 rounded font-semibold underline underline-offset-2"
            onClick={() => location.reload()}
          >
            {copy.reload}
          </button>
        </main>
      </body>
    </html>
  );
}
