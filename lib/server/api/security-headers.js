// Response headers, by kind of response. Plain JavaScript, because next.config.js reads them too.

/** Sent with every response, by our server and by other hosts of Next.js. */
export const commonHeaders = {
  'strict-transport-security': 'max-age=63072000',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  'x-robots-tag': 'noindex, nofollow',
};

/** Pages get their own policy from lib/server/pages/content-security-policy.ts. */
export const nonPageHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

export const noStoreHeaders = { 'cache-control': 'private, no-store' };

// Host sites load these files from another origin, also as a module, which makes a CORS request.
const hostScript = {
  ...nonPageHeaders,
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
  'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
};

/** Headers that public files get in addition to `commonHeaders`, by their `kind` in lib/server/config/site.js. */
export const publicFileHeaders = {
  file: nonPageHeaders,
  hostScript,
  // The extension .ts has the media type of a video (MPEG transport stream).
  hostTypes: { ...hostScript, 'content-type': 'text/plain; charset=utf-8' },
};
