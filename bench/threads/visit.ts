import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, CDPSession } from '@playwright/test';
import { makeBody } from './messages';

const SLOW_DOWN = 4;
// Stream's channel reports changes at most twice per second, so the pause makes each append find it idle.
const QUIET_MS = 520;
const EARLIER = '#box button:has-text("earlier")';

/** `wholeAppendMs`: with all folded messages open; empty if the subject folds nothing. */
export type Visit = {
  showMs: number;
  appendMs: number[];
  wholeAppendMs: number[];
  elements: number;
};

/** Opens the page with an empty cache, waits for its newest message, then adds messages one by one. */
export async function visit(
  browser: Browser,
  { url, count, probe, appends }: { url: string; count: number; probe: string; appends: number },
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 390, height: 700 } });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) faults.push(`The page requested ${request.url()}`);
  });
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable');
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN });
  await page.addInitScript(`${probe};globalThis.shown = ${untilPainted(count - 1)}`);
  await page.goto(`${url}?count=${count}`, { waitUntil: 'commit' });
  const showMs = await page.evaluate<number>('shown');
  const elements = await page.locator('#box *').count();
  const appendMs = await append(devtools, count, appends);
  const folded = page.locator(EARLIER);
  const isFolded = (await folded.count()) > 0;
  // Clicked by script, because a mouse click scrolls, and a scrolled thread does not follow new messages.
  while ((await folded.count()) > 0) await folded.dispatchEvent('click');
  const wholeAppendMs = isFolded ? await append(devtools, count + appends, appends) : [];
  await context.close();
  if (faults.length > 0) throw new Error(`${url}?count=${count}: ${faults.join('; ')}`);
  return { showMs, appendMs, wholeAppendMs, elements };
}

/** Waits for the previous message too, because a list may render a single message to measure it. */
function untilPainted(index: number): string {
  return `untilPainted(${JSON.stringify([makeBody(index), makeBody(index - 1)])})`;
}

async function append(devtools: CDPSession, first: number, appends: number): Promise<number[]> {
  const costsMs: number[] = [];
  for (let index = first; index < first + appends; index++) {
    await sleep(QUIET_MS);
    const beforeMs = await readTaskMs(devtools);
    const { exceptionDetails } = await devtools.send('Runtime.evaluate', {
      expression: `appendNext(${index}), ${untilPainted(index)}`,
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description);
    costsMs.push((await readTaskMs(devtools)) - beforeMs);
  }
  return costsMs;
}

/** Main-thread work until now: script, style, layout and paint. */
async function readTaskMs(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  const task = metrics.find(({ name }) => name === 'TaskDuration');
  if (!task) throw new Error('The browser reports no TaskDuration');
  return task.value * 1_000;
}
