import { chromium } from '@playwright/test';
import { findBrowser } from '@/tests/support/find-browser';
import { buildSubjects, bundle } from './threads/build';
import { serveSubject, type Site } from './threads/serve';
import { visit } from './threads/visit';

// Our thread compared with chat libraries: bytes loaded, and time to show the thread and to append to it.

const APPENDS = 2;
const COUNTS = [50, 1_000] as const;
type EachCount<T> = Record<(typeof COUNTS)[number], T>;

/** Bytes are the compressed size of loaded files. Milliseconds are measured with a fourfold CPU slowdown. */
export type ThreadFigure = {
  name: string;
  version: string;
  jsBytes: number;
  cssBytes: number;
  /** Time from navigation start until the newest message is painted. */
  showMs: EachCount<number[]>;
  /** Main-thread time from one more message until it is painted. */
  appendMs: EachCount<number[]>;
  /** The same with all 1,000 messages shown, for a thread that first shows only the newest. */
  wholeAppendMs: number[];
  /** Elements of the thread in the document when it is shown. */
  elements: EachCount<number>;
};

/** Runs each subject `rounds` times, after a warm-up round. The quick form measures 50 messages only. */
export async function measureThreads(rounds: number, isQuick: boolean): Promise<ThreadFigure[]> {
  const [[, code] = ['', '']] = await bundle('probe.ts');
  const probe = Buffer.from(code).toString();
  const sites = await Promise.all((await buildSubjects()).map(serveSubject));
  const browser = await chromium.launch({ ...findBrowser(), args: ['--no-sandbox'] });
  for (const { url } of sites) await visit(browser, { url, count: 50, probe, appends: 0 });
  const subjects = sites.map((site) => ({ site, figure: startFigure(site) }));
  for (let round = 1; round < rounds; round++)
    for (const count of isQuick ? [50 as const] : COUNTS)
      for (const { site, figure } of subjects) {
        const result = await visit(browser, { url: site.url, count, probe, appends: APPENDS });
        figure.showMs[count].push(result.showMs);
        figure.appendMs[count].push(...result.appendMs);
        figure.wholeAppendMs.push(...result.wholeAppendMs);
        figure.elements[count] = result.elements;
      }
  await browser.close();
  for (const { site } of subjects) site.close();
  return subjects.map(({ figure }) => figure);
}

function startFigure({ subject: { name, version, files }, loaded }: Site): ThreadFigure {
  const sumBytes = (ending: string) =>
    [...files]
      .filter(([file]) => loaded.has(file) && file.endsWith(ending))
      .reduce((bytes, [, content]) => bytes + content.byteLength, 0);
  return {
    name,
    version,
    jsBytes: sumBytes('.js'),
    cssBytes: sumBytes('.css'),
    showMs: { 50: [], 1_000: [] },
    appendMs: { 50: [], 1_000: [] },
    wholeAppendMs: [],
    elements: { 50: 0, 1_000: 0 },
  };
}
