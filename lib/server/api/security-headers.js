// Headers of answers, by kind of answer. Plain JavaScript, because next.config.js reads them too.

/** On every answer, of either entry point. */
export const everywhere = {
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
export const notPages = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

export const neverStored = { 'cache-control': 'private, no-store' };

// Host sites load these files from another origin, also as a module, which makes a CORS request.
const hostScript = {
  ...notPages,
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
  'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
};

/** Headers of public files beyond `everywhere`, by their `kind` in lib/server/config/site.js. */
export const publicFileHeaders = {
  file: notPages,
  hostScript,
  // The extension .ts has the media type of a video (MPEG transport stream).
  hostTypes: { ...hostScript, 'content-type': 'text/plain; charset=utf-8' },
};
