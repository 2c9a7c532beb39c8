import { readFile } from 'node:fs/promises';
import { toEmbedScript } from '@/lib/server/embed-script-file';
import { getEnv } from '@/lib/server/env';

export const dynamic = 'force-dynamic';

/** Serves /embed.js: a rewrite in next.config.js leads here, because Next serves public/ unchanged. */
export async function GET() {
  const source = await readFile('public/embed.js', 'utf8');
  return new Response(toEmbedScript(source, getEnv().PUBLIC_URL), {
    headers: { 'content-type': 'text/javascript; charset=utf-8' },
  });
}
