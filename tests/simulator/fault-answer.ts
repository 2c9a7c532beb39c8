import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { alterBody } from './altered-body';
import type { Matched } from './connect-routes';
import { toFaultReply } from './fault-replies';
import type { Fault } from './faults';
import { toRecord } from './oauth';
import { jsonReply, rawReply, type Reply } from './replies';
import type { TokenStore } from './tokens';

const gzipBytes = promisify(gzip);
const dripMs = 300;
const hugeBytes = 20 * 1024 * 1024;
const bombBytes = 56 * 1024 * 1024;

/** Answers with a fault. Stops when the client has disconnected. */
export async function answerWithFault(
  response: ServerResponse,
  matched: Matched,
  fault: Fault,
  tokens: TokenStore,
): Promise<void> {
  if (fault.delayMs !== undefined && !(await hasWaited(response, fault.delayMs))) return;

  const { socket } = response;
  const other = toFaultReply(fault, matched.route);
  if (other) return writeReply(response, other);

  switch (fault.kind) {
    case 'hang':
      return;
    case 'reset':
      socket?.resetAndDestroy();
      return;
    case 'headers-then-hang':
      writeHead(response, matched.answer(), 1_000);
      response.flushHeaders();
      return;
    case 'drop-answer':
      matched.answer();
      socket?.destroy();
      return;
    case 'invalid-json': {
      const reply = matched.answer();
      return writeReply(response, { ...reply, body: reply.body.slice(0, reply.body.length / 2) });
    }
    case 'drip':
      return drip(response, matched.answer(), fault.intervalMs ?? dripMs);
    case 'reset-mid-body': {
      const reply = matched.answer();
      const bytes = Buffer.from(reply.body);
      writeHead(response, reply, bytes.length);
      response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)));
      // An immediate reset would also discard the half that the kernel has not sent.
      if (await hasWaited(response, 50)) socket?.resetAndDestroy();
      return;
    }
    case 'wrong-content-length': {
      const reply = matched.answer();
      response.shouldKeepAlive = false;
      writeHead(response, reply, Buffer.byteLength(reply.body) + (fault.byBytes ?? 100));
      response.end(reply.body);
      return;
    }
    case 'huge': {
      const reply = matched.answer();
      const body = reply.body.padEnd(fault.sizeBytes ?? hugeBytes);
      return writeReply(response, { ...reply, body });
    }
    case 'gzip-bomb': {
      const reply = matched.answer();
      const bytes = await gzipBytes(reply.body.padEnd(fault.sizeBytes ?? bombBytes), { level: 1 });
      if (response.destroyed) return;
      response.setHeader('content-encoding', 'gzip');
      writeHead(response, reply, bytes.length);
      response.end(bytes);
      return;
    }
    case 'expires-at-once': {
      const reply = matched.answer();
      if (reply.status !== 200) return writeReply(response, reply);
      const token = toRecord(JSON.parse(reply.body));
      const expiresInSeconds = fault.expiresInSeconds ?? 0;
      tokens.shorten(String(token.access_token), expiresInSeconds);
      return writeReply(response, jsonReply(200, { ...token, expires_in: expiresInSeconds }));
    }
    default: {
      const reply = matched.answer();
      const altered = reply.status === 200 ? alterBody(reply.body, fault) : undefined;
      return writeReply(response, altered === undefined ? reply : rawReply(200, altered));
    }
  }
}

export function writeReply(response: ServerResponse, reply: Reply): void {
  if (response.destroyed) return;
  writeHead(response, reply, Buffer.byteLength(reply.body));
  response.end(reply.body);
}

function writeHead(response: ServerResponse, reply: Reply, contentLength: number): void {
  response.writeHead(reply.status, { ...reply.headers, 'content-length': contentLength });
}

function drip(response: ServerResponse, reply: Reply, intervalMs: number): void {
  const bytes = Buffer.from(reply.body);
  writeHead(response, reply, bytes.length);
  let sent = 0;
  const timer = setInterval(() => {
    response.write(bytes.subarray(sent, sent + 1));
    sent += 1;
    if (sent < bytes.length) return;
    clearInterval(timer);
    response.end();
  }, intervalMs);
  response.on('close', () => {
    clearInterval(timer);
  });
}

/** Waits. Returns false if the client disconnected during the wait. */
async function hasWaited(response: ServerResponse, delayMs: number): Promise<boolean> {
  const disconnected = new AbortController();
  const onClose = () => {
    disconnected.abort();
  };
  response.once('close', onClose);
  try {
    await sleep(delayMs, undefined, { signal: disconnected.signal });
    return true;
  } catch {
    return false;
  } finally {
    response.off('close', onClose);
  }
}
