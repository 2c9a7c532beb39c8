import { onTestFinished } from 'vitest';
import type { Env } from '@/lib/server/config/env';
import { openMetricsServer } from '@/lib/server/observability/metrics-server';
import type { Services } from '@/lib/server/services';

type Store = { env: Pick<Env, 'METRICS_HOST' | 'METRICS_PORT'>; metrics: Services['metrics'] };

/** Serves the metrics of the stores until the test ends, and returns their URL. */
export async function openMetrics(...stores: Store[]): Promise<string> {
  const { METRICS_HOST = '127.0.0.1', METRICS_PORT = 0 } = stores[0]?.env ?? {};
  const { url, close } = await openMetricsServer(
    () => stores.flatMap(({ metrics }) => metrics ?? []),
    { METRICS_HOST, METRICS_PORT },
  );
  onTestFinished(close);
  return url;
}
