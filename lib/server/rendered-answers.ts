import 'server-only';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

// Every page and public file as Next.js answers it, rendered once in a process that then exits.

const RENDER_TIMEOUT_MS = 60_000;

const renderedAnswer = z.object({
  path: z.string(),
  /** Rendered for the User-Agent of a link preview. */
  isLinkPreview: z.boolean(),
  status: z.number(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  body: z.instanceof(Uint8Array),
});

export type RenderedAnswer = z.output<typeof renderedAnswer>;

/** Throws when the process fails or takes longer than a minute. */
export async function renderAnswers(): Promise<RenderedAnswer[]> {
  const renderer = fork(fileURLToPath(new URL('page-renderer.mjs', import.meta.url)), {
    serialization: 'advanced',
    execArgv: [],
    // Next.js prints progress, and standard output is for lines of the log alone.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    timeout: RENDER_TIMEOUT_MS,
  });
  const exited = once(renderer, 'exit').then(([exitCode]) => {
    throw new Error(`Rendering the pages failed (exit code ${exitCode})`);
  });
  const [answers] = await Promise.race([once(renderer, 'message'), exited]);
  exited.catch(() => undefined);
  return z.array(renderedAnswer).parse(answers);
}
