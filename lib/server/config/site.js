// The list of all pages, public files and API routes: read by the server, the Content-Security-Policy, proxy.ts,
// next.config.js and the tests. Plain JavaScript, because next.config.js cannot import TypeScript on Node.js 20.

/** `label` names a page in logs. `framedBy` defines which sites may frame it. */
export const PAGES = /** @type {const} */ ([
  { path: '/order', label: 'order', framedBy: 'none', acceptsLink: true },
  { path: '/embed', label: 'embed', framedBy: 'EMBED_ORIGINS', acceptsLink: true },
  // The page shows no order, and its purpose is to diagnose a site that is missing in EMBED_ORIGINS.
  { path: '/embed/check', label: 'embed_check', framedBy: 'any', acceptsLink: false },
  { path: '/s', label: 'short_link', framedBy: 'none', acceptsLink: true },
]);

/** `kind` selects the headers in lib/server/api/security-headers.js. */
export const PUBLIC_FILES = /** @type {const} */ ([
  { path: '/embed.js', kind: 'hostScript' },
  { path: '/embed.d.ts', kind: 'hostTypes' },
  { path: '/embed-react.d.ts', kind: 'hostTypes' },
  { path: '/embed-vue.d.ts', kind: 'hostTypes' },
  { path: '/robots.txt', kind: 'file' },
  { path: '/icon.svg', kind: 'file' },
]);

export const API_ROUTES = [
  '/api/order/messages',
  '/api/order/read',
  '/api/order/replacements',
  '/api/order/arrival',
  '/api/order/vehicle',
  '/api/links',
  '/healthz',
  '/readyz',
];

/** Path prefix of the files of the build. */
export const STATIC_PREFIX = '/_next/static/';

/** Rendered for every unknown path, so that no spelling of an unknown path reaches Next.js. */
export const NOT_FOUND_PATH = '/not-found';

/** @param {string} path */
export function findPageEntry(path) {
  return PAGES.find((page) => page.path === path);
}

/** @param {string} path */
export function isPublicFile(path) {
  return PUBLIC_FILES.some((file) => file.path === path);
}
