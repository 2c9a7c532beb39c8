import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { LOCALES } from '@/lib/order/copy/locales';
import { toEmbedScript } from '@/lib/server/pages/embed-script-file';
import { importCopy } from '@/lib/server/pages/import-copy';

// The limit was 2,000 bytes before replayed events, checked attributes, heights from CSS and
// protection against DOM clobbering were added (300 bytes), and 2,200 before the attributes of the look. Comments are
// not served.
const MOST_BYTES = 2_300;

test.each(LOCALES)(
  `embed.js in %s is smaller than ${MOST_BYTES} bytes with gzip`,
  async (locale) => {
    const { copy, shellCopy } = await importCopy(locale);
    const served = toEmbedScript(readFileSync('public/embed.js', 'utf8'), {
      PUBLIC_URL: 'https://orders.example.com',
      TITLE: copy.title(''),
      OPEN_IN_NEW_TAB: shellCopy.openInNewTab,
    });
    expect(gzipSync(served).byteLength).toBeLessThan(MOST_BYTES);
  },
);
