// What stands on all answers, whichever door they leave by. Plain JavaScript: next.config.js reads it too.

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

// proxy.ts sets the policy of pages; what it leaves out needs none of its own content.
export const notPages = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

// Also for what Next answers by itself, such as 405.
export const neverStored = { 'cache-control': 'private, no-store' };

// Hosts load it from their own sites, as a module too, which asks for CORS.
export const forHosts = {
  ...notPages,
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
  'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
};

// By its ending it would be a film.
export const embedTypeHeaders = { 'content-type': 'text/plain; charset=utf-8' };
