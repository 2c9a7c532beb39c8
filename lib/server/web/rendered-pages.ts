import 'server-only';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ALL_LOCALES } from '@/lib/order/copy/locales';
import type { Env } from '@/lib/server/config/env';

// Renders every page once per store and language, and every public file once per store, with Next.js, in a child process
// that then exits.

const RENDER_TIMEOUT_MS = 60_000;
const STORE_TIMEOUT_MS = 5_000;

const renderedResponse = z.object({
  path: z.string(),
  locale: z.enum(ALL_LOCALES),
  /** Rendered for the User-Agent of a link preview. */
  isLinkPreview: z.boolean(),
  status: z.number(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  body: z.instanceof(Uint8Array),
});

export type RenderedResponse = z.output<typeof renderedResponse>;

/**
 * Returns the responses of each store. Throws if the child process fails or takes longer than a minute, plus 5 s per
 * store.
 */
export async function renderPages(envs: readonly Env[]): Promise<RenderedResponse[][]> {
  const renderer = fork(fileURLToPath(new URL('page-renderer.mjs', import.meta.url)), {
    serialization: 'advanced',
    execArgv: [],
    // Next.js and proxy.ts read files relative to the project's folder.
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    // Next.js prints progress, and warnings that the parent process has already printed.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    timeout: RENDER_TIMEOUT_MS + envs.length * STORE_TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  // A process that cannot be started would otherwise end the server; the promises below reject as well.
  renderer.on('error', () => undefined);
  renderer.send([...envs]);
  const errors = renderer.stderr ? text(renderer.stderr) : '';
  let isDone = false;
  const received = once(renderer, 'message').then(([message]: unknown[]) => {
    isDone = true;
    return message;
  });
  const exited = once(renderer, 'exit').then(async ([exitCode, signal]) => {
    if (isDone) return;
    process.stderr.write(await errors);
    throw new Error(`Rendering the pages failed (${signal ?? `exit code ${exitCode}`})`);
  });
  const responses = await Promise.race([received, exited]);
  return z.array(z.array(renderedResponse)).parse(responses);
}
