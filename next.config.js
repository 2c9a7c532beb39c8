import {
  embedTypeHeaders,
  everywhere,
  forHosts,
  neverStored,
  notPages,
} from './lib/server/api/security-headers.js';

function toRule(source, headers) {
  return { source, headers: Object.entries(headers).map(([key, value]) => ({ key, value })) };
}

const EMBED_TYPES = ['/embed.d.ts', '/embed-react.d.ts', '/embed-vue.d.ts'];

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
    toRule('/:path*', everywhere),
    toRule('/_next/static/:path*', notPages),
    ...['/robots.txt', '/icon.svg'].map((source) => toRule(source, notPages)),
    ...['/embed.js', ...EMBED_TYPES].map((source) => toRule(source, forHosts)),
    ...EMBED_TYPES.map((source) => toRule(source, embedTypeHeaders)),
    ...['/api/order/messages', '/api/links', '/healthz', '/readyz'].map((source) =>
      toRule(source, { ...notPages, ...neverStored }),
    ),
  ],
};
