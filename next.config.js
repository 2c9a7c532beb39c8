const everywhere = [
  { key: 'Strict-Transport-Security', value: 'max-age=63072000' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  },
  { key: 'X-Robots-Tag', value: 'noindex, nofollow' },
];

// proxy.ts sets the policy of pages; what it leaves out needs none of its own content.
const notPages = [
  { key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'" },
];

// Also for what Next answers by itself, such as 405.
const neverStored = [{ key: 'Cache-Control', value: 'private, no-store' }];

// Hosts load it from their own sites, as a module too, which asks for CORS.
const forHosts = [
  ...notPages,
  { key: 'Cross-Origin-Resource-Policy', value: 'cross-origin' },
  { key: 'Access-Control-Allow-Origin', value: '*' },
  { key: 'Cache-Control', value: 'public, max-age=3600, stale-while-revalidate=86400' },
];

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // A redirect of Next's own would carry none of the headers below.
  skipTrailingSlashRedirect: true,
  // No server-side fetching of pictures, so there is nothing to abuse it with.
  images: { unoptimized: true },
  agentRules: false,
  // npm test checks the types of everything, and once is enough.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: '/:path*', headers: everywhere },
    { source: '/_next/static/:path*', headers: notPages },
    ...['/embed.js', '/embed.d.ts'].map((source) => ({ source, headers: forHosts })),
    ...['/api/order/messages', '/api/links', '/healthz', '/readyz'].map((source) => ({
      source,
      headers: [...notPages, ...neverStored],
    })),
  ],
};
