import 'server-only';
import type { YieldingResult } from '@/lib/server/connect/yielding-read';
import type { ReadCredit } from './read-credit';

// The reads of one part of the details of an order: the order itself, its items, or a part of its pickup. Each part has its own refusals.

const REFUSED_MS = 600_000;

export type Attempt = { atMs: number; updatesKey: string | undefined };

export type DetailPart = {
  latest: Attempt | undefined;
  /** Start of the newest successful read. */
  readAtMs: number;
  refusedUntilMs: number;
  isInvalidated: boolean;
  reading: Promise<void> | undefined;
};

export function createDetailPart(): DetailPart {
  return {
    latest: undefined,
    readAtMs: -Infinity,
    refusedUntilMs: -Infinity,
    isInvalidated: false,
    reading: undefined,
  };
}

/**
 * Starts a read unless one is in progress, Connect has refused one within ten minutes, or the credit is used up.
 * `isUrgent`: the credit may go into debt. Returns undefined if no read was started.
 */
export function startRead<T>(
  part: DetailPart,
  options: {
    credit: ReadCredit;
    isUrgent: boolean;
    now: () => number;
    read: () => Promise<YieldingResult<T>>;
    onRead: (value: T) => void;
    onRefused: () => void;
  },
): Attempt | undefined {
  const { credit, now } = options;
  if (part.reading || now() < part.refusedUntilMs || !credit.spend(options.isUrgent))
    return undefined;
  const { latest: previous, isInvalidated: wasInvalidated } = part;
  const attempt: Attempt = { atMs: now(), updatesKey: undefined };
  part.latest = attempt;
  part.isInvalidated = false;

  async function run(): Promise<void> {
    const result = await options.read();
    switch (result.kind) {
      case 'read':
        part.readAtMs = attempt.atMs;
        return options.onRead(result.value);
      case 'refused':
        part.refusedUntilMs = now() + REFUSED_MS;
        return options.onRefused();
      case 'skipped':
        credit.refund();
        part.latest = previous;
        part.isInvalidated ||= wasInvalidated;
        return undefined;
      case 'failed':
        return undefined;
    }
  }

  // An unexpected error must not affect the messages.
  part.reading = run()
    .catch(() => undefined)
    .finally(() => (part.reading = undefined));
  return attempt;
}
