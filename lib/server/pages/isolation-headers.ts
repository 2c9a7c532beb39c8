import 'server-only';
import type { Env } from '@/lib/server/config/env';
import { findPageEntry } from '@/lib/server/config/site';

/**
 * What a frame needs within a cross-origin isolated host (HTML, "cross-origin embedder policy"): with
 * EMBED_COEP, for the pages that are framed.
 */
export function toIsolationHeaders(
  pathname: string,
  userAgent: string | null | undefined,
  { EMBED_COEP }: Pick<Env, 'EMBED_COEP'>,
): [name: string, value: string][] {
  const framedBy = findPageEntry(pathname)?.framedBy ?? 'none';
  if (!EMBED_COEP || framedBy === 'none') return [];
  // Under require-corp a picture shows only if its host agrees; Safari knows no other policy.
  const isChromium = /\bChrom(e|ium)\//.test(userAgent ?? '');
  return [
    ['cross-origin-embedder-policy', isChromium ? 'credentialless' : 'require-corp'],
    ['cross-origin-resource-policy', 'cross-origin'],
  ];
}
