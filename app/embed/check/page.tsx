import { headers } from 'next/headers';
import { EmbedCheck } from '@/components/embed/embed-check';
import { EmbedShell } from '@/components/embed/embed-shell';
import { VIOLATIONS_SCRIPT } from '@/lib/client/embed/embed-diagnostics';
import { getEnv } from '@/lib/server/config/env';

/** Diagnostics of the frame, for developers of a host page. Shows no order data. */
export default async function EmbedCheckPage() {
  const nonce = (await headers()).get('x-nonce') ?? '';
  return (
    <EmbedShell nonce={nonce} earlyScript={VIOLATIONS_SCRIPT}>
      <EmbedCheck allowedOrigins={getEnv().EMBED_ORIGINS} />
    </EmbedShell>
  );
}
