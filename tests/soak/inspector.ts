import { once } from 'node:events';
import { WebSocket } from 'undici';
import { z } from 'zod';

const announced = /Debugger listening on (ws:\/\/\S+)/;
const reply = z.object({
  id: z.number().optional(),
  result: z.object({ result: z.object({ value: z.string() }).optional() }).optional(),
});
const READING = `JSON.stringify({
  heapBytes: process.memoryUsage().heapUsed,
  rssBytes: process.memoryUsage().rss,
  cpuMs: (process.cpuUsage().user + process.cpuUsage().system) / 1000,
  sockets: process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length,
})`;
const reading = z.object({
  heapBytes: z.number(),
  rssBytes: z.number(),
  cpuMs: z.number(),
  sockets: z.number(),
});

export type Reading = z.infer<typeof reading>;

/** Reads the heap of a server started with NODE_OPTIONS=--inspect=0, after garbage collection. */
export async function openInspector(output: readonly string[]) {
  const url = output.map((line) => announced.exec(line)?.[1]).findLast(Boolean);
  if (url === undefined) throw new Error('No inspector was announced');
  const socket = new WebSocket(url);
  await once(socket, 'open');
  const waiting = new Map<number, (value: string) => void>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = reply.parse(JSON.parse(String(data)));
    if (id !== undefined) waiting.get(id)?.(result?.result?.value ?? '');
  });
  let lastId = 0;

  function callMethod(method: string, params = {}): Promise<string> {
    const id = ++lastId;
    socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve) => waiting.set(id, resolve));
  }

  return {
    async read(): Promise<Reading> {
      await callMethod('HeapProfiler.collectGarbage');
      return reading.parse(
        JSON.parse(await callMethod('Runtime.evaluate', { expression: READING })),
      );
    },
    close: () => socket.close(),
  };
}
