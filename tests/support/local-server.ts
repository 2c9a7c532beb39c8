import { once } from 'node:events';
import { createServer } from 'node:net';

/** Returns `first` or the next free port after it, or any free port for 0. */
export async function findFreePort(first = 0, host?: string): Promise<number> {
  for (let port = first; port < first + 50; port++) {
    const probe = createServer().listen(port, host);
    const isFree = await once(probe, 'listening').then(
      () => true,
      () => false,
    );
    const address = probe.address();
    if (!isFree || address === null || typeof address === 'string') continue;
    probe.close();
    await once(probe, 'close');
    return address.port;
  }
  throw new Error(`No free port from ${first} on`);
}

/** Waits until the URL answers with success. Throws after 30 s, or when the server has ended. */
export async function untilReady(url: string, hasEnded: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !hasEnded(); tries++) {
    const isUp = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    // The interval between two attempts.
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not answer`);
}
