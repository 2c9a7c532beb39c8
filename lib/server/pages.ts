import 'server-only';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import { Pool } from 'undici';

// Pages are made in a thread of their own: there Next may track every promise and take its milliseconds for
// a page, while polls are answered here.

const THREAD = 'lib/server/page-thread.js';
const PAGE_MS = 15_000;
// Of one connection, not of the answer (RFC 9110 §7.6.1); the date is set anew.
const OF_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'date']);

export type ServePage = (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;

/** Resolves when pages can be served. A thread that ends later throws at the process, which has no use without it. */
export async function startPages(): Promise<ServePage> {
  // One that nobody else may enter.
  const folder = mkdtempSync(join(tmpdir(), 'order-status-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const socketPath = join(folder, 'pages');
  const thread = new Worker(resolve(THREAD), { workerData: socketPath });
  await once(thread, 'message');
  thread.once('exit', () => {
    throw new Error('The thread of pages has ended');
  });
  const pool = new Pool('http://pages', {
    socketPath,
    headersTimeout: PAGE_MS,
    bodyTimeout: PAGE_MS,
  });
  return async ({ url: path = '/', method, headers }, response) => {
    const answer = await pool.request({
      path,
      method: method === 'HEAD' ? 'HEAD' : 'GET',
      headers,
    });
    // Whole, so that nobody who reads slowly holds the thread's connection.
    const page = Buffer.from(await answer.body.arrayBuffer());
    const kept = Object.entries(answer.headers).filter(([name]) => !OF_CONNECTION.has(name));
    response.writeHead(answer.statusCode, Object.fromEntries(kept)).end(page);
    await finished(response);
  };
}
