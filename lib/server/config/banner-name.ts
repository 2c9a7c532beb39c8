import 'server-only';
import { isLocalName } from './image-hosts';

declare const bannerNameBrand: unique symbol;
/** The host name of a store in BANNERS_FILE, in lower case: safe in logs, metrics and Redis keys. */
export type BannerName = string & { readonly [bannerNameBrand]: true };

const MAX_LENGTH = 253;
const HOST_NAME = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/;

function isBannerName(text: string): text is BannerName {
  return text.length <= MAX_LENGTH && HOST_NAME.test(text);
}

/** Returns the host name of `host`, which is written as in a URL; undefined for a text that is not. */
export function toBannerName(host: string): BannerName | undefined {
  const name = host.replace(/:\d{1,5}$/, '');
  if (!isBannerName(name) || !URL.canParse(toPublicUrl(host))) return undefined;
  // URL rewrites a default port and other spellings of an IPv4 address, so no request would have them.
  return new URL(toPublicUrl(host)).host === host ? name : undefined;
}

/** The origin of links to the host: https, and http for names of this machine. */
export function toPublicUrl(host: string): string {
  return `${isLocalName(host.replace(/:\d+$/, '')) ? 'http' : 'https'}://${host}`;
}
