import 'server-only';
import type { Env } from './env';

/**
 * What a frame needs within a cross-origin isolated host (HTML, "cross-origin embedder policy"): with
 * EMBED_COEP, for the pages that are framed.
 */
export function toIsolationHeaders(
  request: { headers: Headers; nextUrl: { pathname: string } },
  { EMBED_COEP }: Pick<Env, 'EMBED_COEP'>,
): [name: string, value: string][] {
  if (!EMBED_COEP || !/^\/embed(\/check)?$/.test(request.nextUrl.pathname)) return [];
  // Under require-corp a picture shows only if its host agrees; Safari knows no other policy.
  const isChromium = /\bChrom(e|ium)\//.test(request.headers.get('user-agent') ?? '');
  return [
    ['cross-origin-embedder-policy', isChromium ? 'credentialless' : 'require-corp'],
    ['cross-origin-resource-policy', 'cross-origin'],
  ];
}
