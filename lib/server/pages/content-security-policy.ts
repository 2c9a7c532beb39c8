import 'server-only';
import type { Env } from '@/lib/server/config/env';
import { toImageSources } from '@/lib/server/config/image-hosts';
import { findPageEntry } from '@/lib/server/config/site';

// Content-Security-Policy of the pages: one nonce per response, also for inline styles, and Trusted Types.

/** 16 random bytes in base64. */
export function createNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
}

type PolicyEnv = Pick<
  Env,
  | 'IMAGE_HOSTS'
  | 'RETAILER_LOGO_URL'
  | 'RETAILER_LOGO_DARK_URL'
  | 'RETAILER_ICON_URL'
  | 'EMBED_ORIGINS'
  | 'CSP_REPORT_URL'
>;

type Page = { pathname: string; nonce: string; env: PolicyEnv; isDevelopment: boolean };

/** Returns the value of the header (CSP Level 3). Development needs eval, inline styles and a WebSocket. */
export function toContentSecurityPolicy({ pathname, nonce, env, isDevelopment }: Page): string {
  const images = new Set(toImageSources(env.IMAGE_HOSTS));
  for (const url of [env.RETAILER_LOGO_URL, env.RETAILER_LOGO_DARK_URL, env.RETAILER_ICON_URL])
    if (url) images.add(new URL(url).origin);
  const development = (source: string) => (isDevelopment ? ` ${source}` : '');
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development("'unsafe-eval'")}`,
    `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    `img-src 'self' ${[...images].join(' ')}`,
    "font-src 'self'",
    `connect-src 'self'${development('ws:')}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    `frame-ancestors ${toFrameAncestors(pathname, env.EMBED_ORIGINS)}`,
    ...(isDevelopment ? [] : ["require-trusted-types-for 'script'", 'trusted-types default']),
    ...(env.CSP_REPORT_URL ? [`report-uri ${env.CSP_REPORT_URL}`] : []),
  ].join('; ');
}

function toFrameAncestors(path: string, origins: readonly string[]): string {
  const framedBy = findPageEntry(path)?.framedBy;
  if (framedBy === 'any') return '*';
  return framedBy === 'EMBED_ORIGINS' && origins.length > 0 ? origins.join(' ') : "'none'";
}
