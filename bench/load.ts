import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

const CONNECTIONS = 64;

/** `cpuMicros` is the server's CPU time per request; undefined if the system does not report it. */
export type Load = {
  requestsPerSecond: number;
  cpuMicros: number | undefined;
  p50Ms: number;
  p99Ms: number;
};

// proc(5) reports user and system time in hundredths of a second.
function readCpuMicros(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
  } catch {
    return undefined;
  }
}

/** Sends requests on 64 connections, each at once after the previous answer and with a share of the tokens. */
export async function applyLoad(
  { url, pid }: { url: string; pid: number },
  tokens: readonly string[],
  { seconds, etag, status }: { seconds: number; etag?: string; status: number },
): Promise<Load> {
  let clientCount = 0;
  const before = readCpuMicros(pid);
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    setupClient(client) {
      const first = clientCount++;
      client.setRequests(
        tokens
          .filter((_, index) => index % CONNECTIONS === first)
          .map((token) => ({
            path: '/api/order/messages',
            headers: {
              authorization: `Bearer ${token}`,
              ...(etag !== undefined && { 'if-none-match': etag }),
            },
          })),
      );
    },
  });
  const after = readCpuMicros(pid);
  const total = result.requests.total;
  const counts: Record<string, number> = Object.fromEntries(
    Object.entries(result.statusCodeStats ?? {}).map(([code, { count }]) => [code, count ?? 0]),
  );
  const others = Object.keys(counts).filter((code) => code !== String(status));
  if (others.length > 0 || result.errors > 0)
    throw new Error(`${url} answered ${JSON.stringify(counts)}, with ${result.errors} errors`);
  return {
    requestsPerSecond: result.requests.average,
    cpuMicros: after === undefined || before === undefined ? undefined : (after - before) / total,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
  };
}
