import 'server-only';
import type { Env } from '@/lib/server/config/env';
import { findPageEntry } from '@/lib/server/config/site';

/**
 * Returns the headers that a framed page needs in a cross-origin isolated host page; none without EMBED_COEP.
 * https://html.spec.whatwg.org/multipage/browsers.html#coep
 */
export function toIsolationHeaders(
  pathname: string,
  userAgent: string | null | undefined,
  { EMBED_COEP }: Pick<Env, 'EMBED_COEP'>,
): [name: string, value: string][] {
  const framedBy = findPageEntry(pathname)?.framedBy ?? 'none';
  if (!EMBED_COEP || framedBy === 'none') return [];
  // Under require-corp pictures load only if their host sends CORP headers; Safari does not support credentialless.
  const isChromium = /\bChrom(e|ium)\//.test(userAgent ?? '');
  return [
    ['cross-origin-embedder-policy', isChromium ? 'credentialless' : 'require-corp'],
    ['cross-origin-resource-policy', 'cross-origin'],
  ];
}
