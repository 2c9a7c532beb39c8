'use client';

import * as shellWords from '@/lib/order/shell-words';

// Stands in for the root layout when even that fails, so it brings its own document and no styles.
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <main>
          <h1>{shellWords.pageFailed}</h1>
          <p>{shellWords.pageFailedHint}</p>
        </main>
      </body>
    </html>
  );
}
