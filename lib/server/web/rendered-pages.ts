import 'server-only';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ALL_LOCALES } from '@/lib/order/copy/locales';

// Renders every page, once per language, and every public file with Next.js, in a child process that then exits.

const RENDER_TIMEOUT_MS = 60_000;

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

/** Throws if the child process fails or takes longer than a minute. */
export async function renderPages(): Promise<RenderedResponse[]> {
  const renderer = fork(fileURLToPath(new URL('page-renderer.mjs', import.meta.url)), {
    serialization: 'advanced',
    execArgv: [],
    // Next.js and proxy.ts read files relative to the project's folder.
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    // Next.js prints progress, and warnings that the parent process has already printed.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    timeout: RENDER_TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  // No other code handles signals before the server listens, and process 1 of a container ignores them by default.
  const stop = () => process.exit();
  process.once('SIGTERM', stop).once('SIGINT', stop);
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
  process.removeListener('SIGTERM', stop).removeListener('SIGINT', stop);
  return z.array(renderedResponse).parse(responses);
}
