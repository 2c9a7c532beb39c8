import 'server-only';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

// Prometheus instruments with closed sets of label values, so that no id can become a label. Every series starts at 0,
// because rate() does not see the first event of a series that starts at 1.

type LabelSets = Record<string, readonly string[]>;
type LabelsOf<L extends LabelSets> = { [Name in keyof L]: L[Name][number] };

const PREFIX = 'order_status_';

/** Names get the prefix `order_status_`; `labels` lists the values of each label. */
export function createInstruments(registry: Registry) {
  const registers = [registry];

  return {
    counter<const L extends LabelSets>(name: string, help: string, labels: L) {
      const labelNames = Object.keys(labels);
      const counter = new Counter({ name: `${PREFIX}${name}`, help, labelNames, registers });
      for (const values of combine(labels)) counter.inc(values, 0);
      return (values: LabelsOf<L>, count = 1): void => counter.inc(values, count);
    },

    histogram<const L extends LabelSets>(name: string, help: string, labels: L, buckets: number[]) {
      const labelNames = Object.keys(labels);
      const histogram = new Histogram({
        ...{ name: `${PREFIX}${name}`, help, labelNames, registers },
        buckets,
      });
      for (const values of combine(labels)) histogram.zero(values);
      // The clock may have been set back during the measurement.
      return (values: LabelsOf<L>, ms: number): void =>
        histogram.observe(values, Math.max(0, ms) / 1_000);
    },

    /** With `read` the value is read at each scrape. */
    gauge(name: string, help: string, read?: () => number): Gauge {
      return new Gauge({
        ...{ name: `${PREFIX}${name}`, help, registers },
        ...(read && {
          collect() {
            this.set(read());
          },
        }),
      });
    },
  };
}

function combine(labels: LabelSets): Record<string, string>[] {
  return Object.entries(labels).reduce<Record<string, string>[]>(
    (combined, [name, values]) =>
      combined.flatMap((others) => values.map((value) => ({ ...others, [name]: value }))),
    [{}],
  );
}
