import { readFileSync } from 'node:fs';
import { NextResponse, type NextRequest } from 'next/server';
import { commonHeaders, noStoreHeaders, nonPageHeaders } from '@/lib/server/api/security-headers';
import type { Locale } from '@/lib/order/copy/locales';
import { getEnv, isDevelopment, type Env } from '@/lib/server/config/env';
import { isPublicFile } from '@/lib/server/config/site';
import { createNonce, toContentSecurityPolicy } from '@/lib/server/pages/content-security-policy';
import { toEmbedScript } from '@/lib/server/pages/embed-script-file';
import { importCopy } from '@/lib/server/pages/import-copy';
import { toIsolationHeaders } from '@/lib/server/pages/isolation-headers';
import { choosePageLocale, LOCALE_HEADER } from '@/lib/server/pages/page-locale';
import { findPage, findRedirect } from '@/lib/server/web/request-target';

/** Used by `next dev`, `next start` and the renderer of pages; `npm start` answers requests without it. */
export function proxy(request: NextRequest): NextResponse | Promise<NextResponse> {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return new NextResponse(null, { status: 405, headers: { allow: 'GET, HEAD' } });
  const { pathname: path } = request.nextUrl;
  const location = findRedirect(path);
  if (location !== undefined)
    // Next.js reads the target as an absolute URL.
    return NextResponse.redirect(new URL(location, request.url), {
      status: 302,
      headers: { ...commonHeaders, ...nonPageHeaders, ...noStoreHeaders },
    });
  if (path === '/embed.js') return serveEmbedScript();
  return isPublicFile(path) ? NextResponse.next() : servePage(request, findPage(path) ?? path);
}

/**
 * Next.js would serve public/embed.js without the values. Its servers run in the project's folder. The texts are in the first
 * language of the store, so that the script is the same for everyone and caches and integrity hashes work.
 */
async function serveEmbedScript(): Promise<NextResponse> {
  const { PUBLIC_URL, LOCALES } = getEnv();
  const { copy, shellCopy } = await importCopy(LOCALES[0]);
  const script = toEmbedScript(readFileSync('public/embed.js', 'utf8'), {
    PUBLIC_URL,
    TITLE: copy.title(''),
    OPEN_IN_NEW_TAB: shellCopy.openInNewTab,
  });
  return new NextResponse(script, {
    headers: { 'content-type': 'text/javascript; charset=utf-8' },
  });
}

function servePage(request: NextRequest, pathname: string): NextResponse {
  const env = getEnv();
  const nonce = createNonce();
  const policy = toContentSecurityPolicy({ pathname, nonce, env, isDevelopment });
  const headers = new Headers(request.headers);
  // Next.js reads the nonce of its scripts from this request header, so a client's own value is overwritten.
  headers.set('content-security-policy', policy);
  headers.set('x-nonce', nonce);
  headers.set(LOCALE_HEADER, toLocale(request, env));
  const response =
    pathname === request.nextUrl.pathname
      ? NextResponse.next({ request: { headers } })
      : NextResponse.rewrite(new URL(pathname, request.url), { request: { headers } });
  response.headers.set('content-security-policy', policy);
  for (const [name, value] of toIsolationHeaders(pathname, request.headers.get('user-agent'), env))
    response.headers.set(name, value);
  return response;
}

function toLocale({ nextUrl, headers }: NextRequest, { LOCALES }: Env): Locale {
  const locale = nextUrl.searchParams.get('locale');
  return choosePageLocale({ locale, acceptLanguage: headers.get('accept-language') }, LOCALES);
}

// Next.js reads this literal at build time, so it cannot use API_ROUTES and STATIC_PREFIX of
// lib/server/config/site.js; tests/server/web/proxy.test.ts compares them. A proxy would halve the speed of a poll.
export const config = {
  matcher: [
    '/((?!_next/static/|api/order/messages$|api/order/read$|api/order/replacements$|api/order/arrival$|api/order/vehicle$|api/links$|healthz$|readyz$).*)',
  ],
};
