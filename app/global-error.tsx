'use client';

import { words } from '@/lib/order/words';

// Stands in for the root layout when even that fails, so it brings its own document and no styles.
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <main>
          <h1>{words.pageFailed}</h1>
          <p>{words.pageFailedHint}</p>
        </main>
      </body>
    </html>
  );
}
