import 'server-only';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

// Every page and public file as Next.js answers it, rendered once in a process that then exits.

const RENDER_TIMEOUT_MS = 60_000;

const renderedResponse = z.object({
  path: z.string(),
  /** Rendered for the User-Agent of a link preview. */
  isLinkPreview: z.boolean(),
  status: z.number(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  body: z.instanceof(Uint8Array),
});

export type RenderedResponse = z.output<typeof renderedResponse>;

/** Throws when the process fails or takes longer than a minute. */
export async function renderPages(): Promise<RenderedResponse[]> {
  const renderer = fork(fileURLToPath(new URL('page-renderer.mjs', import.meta.url)), {
    serialization: 'advanced',
    execArgv: [],
    // Next.js and proxy.ts find their files from the project's folder.
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    // Next.js prints progress, and the warnings of this process again.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    timeout: RENDER_TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  // Nothing else handles a signal before the server listens, and process 1 of a container would ignore it.
  const stop = () => process.exit();
  process.once('SIGTERM', stop).once('SIGINT', stop);
  const errors = renderer.stderr ? text(renderer.stderr) : '';
  let isDone = false;
  const answered = once(renderer, 'message').then(([answers]: unknown[]) => {
    isDone = true;
    return answers;
  });
  const exited = once(renderer, 'exit').then(async ([exitCode, signal]) => {
    if (isDone) return;
    process.stderr.write(await errors);
    throw new Error(`Rendering the pages failed (${signal ?? `exit code ${exitCode}`})`);
  });
  const answers = await Promise.race([answered, exited]);
  process.removeListener('SIGTERM', stop).removeListener('SIGINT', stop);
  return z.array(renderedResponse).parse(answers);
}
