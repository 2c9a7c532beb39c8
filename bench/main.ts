import { writeFileSync } from 'node:fs';
import { measureFreshness } from './freshness';
import type { Load } from './load';
import { measurePolls } from './poll';

// npm run bench: ratios, side by side in one run; the machine's own speed is of no interest.

const isQuick = process.argv.includes('--quick');
const YARDSTICK = 'bare node:http';

type Spread = { min: number; median: number; max: number };

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
  return { min: at(0), median: at(0.5), max: at(1) };
}

/** How many requests a second of the yardstick's core `loads` would have served, as a ratio; by CPU where it is known. */
function compare(loads: readonly Load[], yardstick: readonly Load[]): Spread {
  return spread(
    loads.flatMap((load, round) => {
      const other = yardstick[round];
      if (!other) return [];
      return load.cpuMicros && other.cpuMicros
        ? [other.cpuMicros / load.cpuMicros]
        : [load.requestsASecond / other.requestsASecond];
    }),
  );
}

const show = ({ min, median, max }: Spread) =>
  `${median.toFixed(2)} (${min.toFixed(2)}-${max.toFixed(2)})`;

const polls = await measurePolls(isQuick ? 2 : 6, isQuick ? 2 : 4);
const yardstick = polls[YARDSTICK];
if (!yardstick) throw new Error('There is nothing to compare with');
const rows = Object.entries(polls).map(([server, loads]) => ({
  server,
  '200': show(compare(loads[200], yardstick[200])),
  '304': show(compare(loads[304], yardstick[304])),
  'p99 200': show(
    spread(loads[200].map(({ p99Ms }, round) => p99Ms / (yardstick[200][round]?.p99Ms || 1))),
  ),
  'p99 304': show(
    spread(loads[304].map(({ p99Ms }, round) => p99Ms / (yardstick[304][round]?.p99Ms || 1))),
  ),
  'CPU µs 304': spread(loads[304].map(({ cpuMicros }) => cpuMicros ?? Number.NaN)).median.toFixed(
    0,
  ),
}));
console.log(`A poll, beside ${YARDSTICK}: median (min-max) of the rounds`);
console.table(rows);

const freshness = await measureFreshness(isQuick ? 20 : 60);
console.log('One order whose shopper writes every seven seconds');
console.table(freshness);

writeFileSync(
  'bench/results.json',
  `${JSON.stringify({ polls: rows, freshness }, undefined, 2)}\n`,
);
process.exit(0);
