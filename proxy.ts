import { readFileSync } from 'node:fs';
import { NextResponse, type NextRequest } from 'next/server';
import { createNonce, toContentSecurityPolicy } from '@/lib/server/pages/content-security-policy';
import { toEmbedScript } from '@/lib/server/pages/embed-script-file';
import { toIsolationHeaders } from '@/lib/server/pages/isolation-headers';
import { getEnv, isDevelopment } from '@/lib/server/config/env';
import { findPage, findRedirect } from '@/lib/server/web/request-target';
import { everywhere, neverStored, notPages } from '@/lib/server/api/security-headers';

export function proxy(request: NextRequest) {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return new NextResponse(null, { status: 405, headers: { allow: 'GET, HEAD' } });
  const { pathname: path } = request.nextUrl;
  const location = findRedirect(path);
  if (location !== undefined)
    // Next reads the target as an absolute URL.
    return NextResponse.redirect(new URL(location, request.url), {
      status: 302,
      headers: { ...everywhere, ...notPages, ...neverStored },
    });
  const pathname = findPage(path) ?? path;
  const env = getEnv();
  // Next would serve the file in public/ as it is, without the origin of the frame.
  if (pathname === '/embed.js')
    return new NextResponse(
      toEmbedScript(readFileSync('public/embed.js', 'utf8'), env.PUBLIC_URL),
      {
        headers: { 'content-type': 'text/javascript; charset=utf-8' },
      },
    );
  const nonce = createNonce();
  const policy = toContentSecurityPolicy({ pathname, nonce, env, isDevelopment });
  const headers = new Headers(request.headers);
  // Next takes the nonce of its scripts from here, so what the client sent must not survive.
  headers.set('content-security-policy', policy);
  headers.set('x-nonce', nonce);
  const response =
    pathname === path
      ? NextResponse.next({ request: { headers } })
      : NextResponse.rewrite(new URL(pathname, request.url), { request: { headers } });
  response.headers.set('content-security-policy', policy);
  for (const [name, value] of toIsolationHeaders(pathname, request.headers.get('user-agent'), env))
    response.headers.set(name, value);
  return response;
}

// Everything that may answer with a page, known or not, prefetched or not. The poll would pay for a
// proxy with half its speed, so it has none.
export const config = {
  matcher: [
    '/((?!api/order/messages$|api/links$|_next/static/|embed(?:-react|-vue)?\\.d\\.ts$|robots\\.txt$|icon\\.svg$|healthz$|readyz$).*)',
  ],
};
