import 'server-only';
import { findPageEntry } from '@/lib/server/config/site';

// Maps a request target (RFC 9112 §3.2) to a path or a redirect. Paths are compared as sent: decoding or
// normalising them here would let a request pass the deny rules of a proxy in front.

export type RequestTarget =
  { kind: 'path'; path: string } | { kind: 'redirect'; location: string } | { kind: 'invalid' };

const AUTHORITY = /^(?:[\w.~!$&'()*+,;=%-]*|\[[\da-f:.]+\])(?::\d{0,5})?$/i;
const ABSOLUTE_FORM = /^https?:\/\/([^/?#\\]+)([^]*)$/i;
// Messengers and mail tools percent-encode the "#", some of them more than once.
const ENCODED_HASH = /(?:#|%(?:25){0,3}23)/i;
// White space and "/" in front of the token; the token ends at the first character that it cannot have.
const TOKEN = /^(?:%20|%09|%0a|%0d|[+/])*([\w.-]{0,4096})/i;

/** Whether the value can be a Host field (RFC 9110 §7.2): empty is allowed, user information is not. */
export function isAuthority(value: string): boolean {
  return AUTHORITY.test(value) && (value === '' || URL.canParse(`http://${value}/`));
}

/** Parses the request target of every method but CONNECT. */
export function readRequestTarget(target = ''): RequestTarget {
  if (target.startsWith('/') || target === '*') return toTarget(target);
  const [, authority = '', rest = ''] = ABSOLUTE_FORM.exec(target) ?? [];
  if (authority === '' || !isAuthority(authority)) return { kind: 'invalid' };
  return toTarget(rest.startsWith('/') ? rest : `/${rest}`);
}

/** The authority of an absolute target (RFC 9112 §3.2.2); undefined for other targets. */
export function readAuthority(target: string): string | undefined {
  return ABSOLUTE_FORM.exec(target)?.[1];
}

function toTarget(pathAndQuery: string): RequestTarget {
  const path = pathAndQuery.split('?', 1)[0] ?? pathAndQuery;
  const location = findRedirect(path);
  return location === undefined
    ? { kind: 'path', path: findPage(path) ?? path }
    : { kind: 'redirect', location };
}

/** Returns the page's path. `path` may have upper-case letters and a trailing slash. */
export function findPage(path: string): string | undefined {
  const canonical = path.toLowerCase().replace(/\/$/, '');
  return findPageEntry(canonical)?.path;
}

/**
 * Returns the redirect target for a link whose "#" was sent as a part of the path: the page, with the token in the
 * fragment, which browsers do not send. Returns undefined for every other path.
 */
export function findRedirect(path: string): string | undefined {
  const hash = ENCODED_HASH.exec(path);
  if (!hash) return undefined;
  const page = findPage(path.slice(0, hash.index));
  if (page === undefined || !findPageEntry(page)?.acceptsLink) return undefined;
  const [, token = ''] = TOKEN.exec(path.slice(hash.index + hash[0].length)) ?? [];
  const fragment = trimDots(token);
  return fragment === '' ? page : `${page}#${fragment}`;
}

// A loop, because a regular expression for trailing dots takes quadratic time.
function trimDots(token: string): string {
  let end = token.length;
  while (token[end - 1] === '.') end -= 1;
  return token.slice(0, end);
}
