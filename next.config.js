import {
  commonHeaders,
  noStoreHeaders,
  nonPageHeaders,
  publicFileHeaders,
} from './lib/server/api/security-headers.js';
import { API_ROUTES, PUBLIC_FILES, STATIC_PREFIX } from './lib/server/config/site.js';

function toRule(source, headers) {
  return { source, headers: Object.entries(headers).map(([key, value]) => ({ key, value })) };
}

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // A redirect made by Next.js would carry none of the headers below.
  skipTrailingSlashRedirect: true,
  // Pictures are never fetched by the server, so the optimizer cannot be abused for requests of others.
  images: { unoptimized: true },
  // Customers do not go from one page to another, so code in one file is compressed better than in shared files.
  experimental: { turbopackChunking: { minChunkSize: 400_000, maxMergeChunkSize: 1_000_000 } },
  agentRules: false,
  // npm test has checked the types before the build.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    toRule('/:path*', commonHeaders),
    toRule(`${STATIC_PREFIX}:path*`, nonPageHeaders),
    ...PUBLIC_FILES.map(({ path, kind }) => toRule(path, publicFileHeaders[kind])),
    ...API_ROUTES.map((path) => toRule(path, { ...nonPageHeaders, ...noStoreHeaders })),
  ],
};
