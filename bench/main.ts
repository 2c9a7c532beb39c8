import { writeFileSync } from 'node:fs';
import { measureFreshness } from './freshness';
import type { Load } from './load';
import { measureLongThreads, type ThreadLengthFigures } from './long-thread';
import { measureMemory } from './memory';
import { measurePolls } from './poll';
import { divide, drawTable, printTable, toMs, type RatioRow } from './ratio-table';
import { measureThreads, type ThreadFigure } from './thread';
import { measureVisits, type VisitFigures } from './visit';
import { measureWeights } from './weight';

// npm run bench: ratios of measurements in one run, because absolute times depend on the machine.

const isQuick = process.argv.includes('--quick');
const startedAtMs = performance.now();
const BASELINE = 'bare node:http';
const FLOOR = 'a bare page';

/** Requests per core relative to the baseline, by CPU time if the system reports it. */
function comparePolls(loads: readonly Load[], baseline: readonly Load[]) {
  const hasCpu = [...loads, ...baseline].every(({ cpuMicros }) => cpuMicros !== undefined);
  const toCost = ({ cpuMicros, requestsPerSecond }: Load) =>
    hasCpu ? (cpuMicros ?? Number.NaN) : 1 / requestsPerSecond;
  return divide(baseline.map(toCost), loads.map(toCost));
}

// The browser measurements run first, because the server measurements use a whole core.
async function benchThreads(): Promise<RatioRow[]> {
  const [ours, ...peers] = await measureThreads(isQuick ? 2 : 3, isQuick);
  if (!ours) throw new Error('There is nothing to compare with');
  const rows: RatioRow[] = [];
  for (const [measure, read, unit] of [
    ['A thread’s scripts, gzip', ({ jsBytes }) => [jsBytes], 'bytes'],
    ['Show 50 messages', ({ showMs }) => showMs[50], 'ms'],
    ['Show 1,000 messages', ({ showMs }) => showMs[1_000], 'ms'],
    ['Append one to 50', ({ appendMs }) => appendMs[50], 'ms'],
    ['Append one to 1,000', ({ appendMs }) => appendMs[1_000], 'ms'],
  ] satisfies [string, (figure: ThreadFigure) => number[], string][])
    for (const each of [ours, ...peers]) {
      const values = read(each);
      if (values.length === 0) continue;
      rows.push({
        measure,
        subject: each === ours ? 'ours' : `${each.name} ${each.version}`,
        beside: 'ours',
        ratio: divide(values, read(ours)),
        value: unit === 'ms' ? toMs(values) : `${values[0]?.toLocaleString('en')} B`,
      });
    }
  return rows;
}

async function benchLongThreads(): Promise<RatioRow[]> {
  const rounds = await measureLongThreads(3);
  const of = (length: number, read: (figures: ThreadLengthFigures) => number) =>
    rounds.flatMap((each) => each.filter((figures) => figures.length === length).map(read));
  return (
    [
      ['Our page opens', ({ openMs }) => openMs],
      ['A poll with one more message', ({ newMs }) => newMs],
      ['… without parsing the response', ({ newMs, sameMs }) => newMs - sameMs],
      ['A poll with nothing new', ({ unchangedMs }) => unchangedMs],
    ] satisfies [string, (figures: ThreadLengthFigures) => number][]
  ).flatMap(([measure, read]) =>
    [50, 1_000, 5_000].map((length) => ({
      measure,
      subject: `ours, ${length.toLocaleString('en')} messages`,
      beside: 'with 50',
      ratio: divide(of(length, read), of(50, read)),
      value: toMs(of(length, read)),
    })),
  );
}

async function benchVisits(): Promise<RatioRow[]> {
  const visits = await measureVisits(isQuick ? 1 : 4);
  const read = (page: 'ours' | 'floor', when: 'cold' | 'warm', figure: keyof VisitFigures) =>
    visits.map((visit) => visit[page][when][figure] ?? Number.NaN);
  const row = (measure: string, when: 'cold' | 'warm', figure: keyof VisitFigures): RatioRow => {
    const values = read('ours', when, figure);
    return {
      measure: `${measure}, ${when}`,
      subject: 'ours',
      beside: `${FLOOR}’s first paint`,
      ratio: divide(values, read('floor', when, 'firstPaintMs')),
      value: figure === 'layoutShift' ? Math.max(...values).toFixed(3) : toMs(values),
    };
  };
  return [
    row('Skeleton on a slow phone', 'cold', 'firstPaintMs'),
    row('Headline', 'cold', 'headlineMs'),
    row('Headline and newest messages', 'cold', 'orderMs'),
    row('Skeleton on a slow phone', 'warm', 'firstPaintMs'),
    row('Headline', 'warm', 'headlineMs'),
    row('Headline and newest messages', 'warm', 'orderMs'),
    row('Slowest answer to a tap or key', 'warm', 'interactionMs'),
    row('Layout shift', 'cold', 'layoutShift'),
    row('Layout shift', 'warm', 'layoutShift'),
  ];
}

async function benchPolls(): Promise<RatioRow[]> {
  const polls = await measurePolls(isQuick ? 1 : 3, isQuick ? 1 : 3);
  const baseline = polls[BASELINE];
  if (!baseline) throw new Error('There is nothing to compare with');
  return (['200', '304'] as const).flatMap((status) =>
    Object.entries(polls).flatMap(([subject, loads]): RatioRow[] => [
      {
        measure: `Polls answered ${status}, by one core`,
        subject,
        beside: BASELINE,
        ratio: comparePolls(loads[status], baseline[status]),
        value: `${(loads[status].at(-1)?.cpuMicros ?? Number.NaN).toFixed(0)} µs, p99 ${toMs(loads[status].map(({ p99Ms }) => p99Ms))}`,
      },
    ]),
  );
}

const rows = [
  ...(await measureWeights()),
  ...(await benchVisits()),
  ...(isQuick ? [] : await benchLongThreads()),
  ...(await benchThreads()),
  ...(await benchPolls()),
  ...(isQuick ? [] : [await measureMemory()]),
];
const freshness = isQuick ? [] : await measureFreshness(60);

printTable(rows);
if (!isQuick) {
  console.log('One order whose shopper writes every seven seconds');
  console.table(freshness);
}
const minutes = ((performance.now() - startedAtMs) / 60_000).toFixed(1);
console.log(`In ${minutes} minutes`);
writeFileSync('bench/results.json', `${JSON.stringify({ rows, freshness }, undefined, 2)}\n`);
await drawTable(rows, 'npm run bench: ratios of one run', 'bench/results.png');
process.exit(0);
