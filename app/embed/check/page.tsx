import { headers } from 'next/headers';
import { EmbedCheck } from '@/components/embed/embed-check';
import { EmbedShell } from '@/components/embed/embed-shell';
import { VIOLATIONS_SCRIPT } from '@/lib/client/embed/embed-diagnostics';
import { getEnv } from '@/lib/server/config/env';
import { getPageCopy } from '@/lib/server/pages/page-copy';

/** Diagnostics of the frame, for developers of a host page. Shows no order data. */
export default async function EmbedCheckPage() {
  const nonce = (await headers()).get('x-nonce') ?? '';
  const { copy, shellCopy } = await getPageCopy();
  const { EMBED_ORIGINS, LOCALES } = getEnv();
  return (
    <EmbedShell nonce={nonce} shellCopy={shellCopy} earlyScript={VIOLATIONS_SCRIPT}>
      <EmbedCheck
        allowedOrigins={EMBED_ORIGINS}
        locales={{ locale: copy.locale, locales: LOCALES }}
      />
    </EmbedShell>
  );
}
