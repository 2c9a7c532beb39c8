import 'server-only';

// Allow-list of picture hosts: the URLs of an order and the page's Content-Security-Policy use the same list.

/** `pattern`: `host`, `*.host` or `host:port`, in lower case. `isLocal`: a name of this machine. */
export type ImageHost = { pattern: string; isLocal: boolean };

const HOST =
  /^(\*\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/i;
const LOCAL_NAME = /^(?:(?:[a-z0-9-]+\.)*localhost|127\.0\.0\.1|\[::1\])$/i;
const MAX_URL_LENGTH = 2_048;

/** Whether the hostname is localhost, below .localhost, 127.0.0.1 or [::1]. */
export function isLocalName(hostname: string): boolean {
  return LOCAL_NAME.test(hostname);
}

/** Parses `host`, `*.host` and, for names of this machine only, `host:port`; undefined for other texts. */
export function parseImageHost(text: string): ImageHost | undefined {
  if (!HOST.test(text)) return undefined;
  const [hostname = '', port] = text.toLowerCase().split(':');
  const isLocal = isLocalName(hostname);
  return port && !isLocal ? undefined : { pattern: text.toLowerCase(), isLocal };
}

/** Returns the CSP sources of the hosts: `https:` for all, also `http:` for names of this machine. */
export function toImageSources(hosts: readonly ImageHost[]): string[] {
  return hosts.flatMap(({ pattern, isLocal }) => {
    if (!isLocal) return [`https://${pattern}`];
    const withPort = pattern.includes(':') ? pattern : `${pattern}:*`;
    return [`https://${withPort}`, `http://${withPort}`];
  });
}

/**
 * Returns the normalized URL if a picture may be loaded from it, else undefined. Allowed are `https:` URLs on a listed
 * host without credentials and port, up to 2,048 characters; names of this machine may use `http:` and a port.
 */
export function toImageUrl(
  text: string | undefined,
  hosts: readonly ImageHost[],
): string | undefined {
  if (!text || text.length > MAX_URL_LENGTH || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username || url.password) return undefined;
  return hosts.some((host) => allows(host, url)) ? url.href : undefined;
}

function allows({ pattern, isLocal }: ImageHost, url: URL): boolean {
  if (isLocal) {
    const name = pattern.includes(':') ? url.host : url.hostname;
    return (url.protocol === 'https:' || url.protocol === 'http:') && name === pattern;
  }
  if (url.protocol !== 'https:' || url.port) return false;
  return pattern.startsWith('*.')
    ? url.hostname.endsWith(pattern.slice(1))
    : url.hostname === pattern;
}
