import type { Browser, Page } from '@playwright/test';
import type { Message, OrderView } from '@/lib/order/order-view';
import { startSite, type Site } from '@/tests/support/site';
import { openBrowser, openOrder, readTaskMs, unpackPhone, type Phone } from './slow-phone';

// Our page on a slow phone with threads of several lengths. Connect's answers are limited to 1 MiB, so longer
// threads are given to the browser directly.

const LENGTHS = [50, 1_000, 5_000];
// The time after which a poll is certainly painted.
const QUIET_MS = 700;
const TEXTS = [
  'Hello, I have started with your order.',
  'They are out of the large one. Would two of the small ones do, or shall I leave it out?',
  'Yes, that works',
  'I am at the dairy shelf now, and there is only the one with less fat left today, so tell me.',
];

export type ThreadLengthFigures = {
  length: number;
  /** Time from the answer to the paint of the newest messages. */
  openMs: number;
  /** Main-thread work of a poll: answered 304, with the same order, with one more message. */
  unchangedMs: number;
  sameMs: number;
  newMs: number;
  domNodes: number;
  heapMB: number;
  /** The longest frame while a touch scrolls the thread. */
  longestFrameMs: number;
};

function toMessage(index: number): Message {
  return {
    id: String(index),
    at: new Date(Date.UTC(2026, 0, 1) + index * 45_000).toISOString(),
    from: index % 5 < 3 ? 'shopper' : 'customer',
    ...(index % 5 < 3 && { shopperId: 'zelma' }),
    body: `${TEXTS[index % TEXTS.length]} (${index})`,
    read: true,
  };
}

function toView(length: number): OrderView {
  const messages = Array.from({ length }, (_, index) => toMessage(index));
  return {
    chat: { state: 'open', messages, canReply: true },
    updates: [{ id: '1', at: toMessage(0).at, body: 'Your shopper is at work.', media: ['sms'] }],
    people: {
      customer: { name: 'John' },
      shoppers: [{ id: 'zelma', name: 'Zelma' }],
      currentShopperId: 'zelma',
    },
    access: 'full',
    asOf: toMessage(length).at,
    stale: false,
    pollAfterMs: 60_000,
  };
}

/** Answers instead of our server, with 304 for a known ETag. */
async function serve(page: Page) {
  let json = '';
  let etag = '';
  await page.route('**/api/order/messages', async (route) => {
    const isKnown = route.request().headers()['if-none-match'] === etag;
    await (isKnown
      ? route.fulfill({ status: 304, headers: { etag } })
      : route.fulfill({ body: json, contentType: 'application/json', headers: { etag } }));
  });
  let version = 0;
  return (view: OrderView) => {
    json = JSON.stringify(view);
    etag = `"${++version}"`;
  };
}

/** The complete main-thread work of one poll. */
async function measurePoll(phone: Phone): Promise<number> {
  const before = await readTaskMs(phone);
  const answered = phone.page.waitForResponse('**/api/order/messages');
  await phone.page.evaluate(() =>
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true })),
  );
  await answered;
  await phone.page.waitForTimeout(QUIET_MS);
  return (await readTaskMs(phone)) - before;
}

async function measureLength(
  browser: Browser,
  site: Site,
  length: number,
): Promise<ThreadLengthFigures> {
  const phone = await unpackPhone(browser, { slowNetwork: false });
  const { page, devtools } = phone;
  await phone.context.addInitScript({ path: 'bench/observe-visit.js' });
  await devtools.send('Performance.enable');
  const answer = await serve(page);
  answer(toView(length));
  const openMs = await openOrder(phone, await site.link('shopping'));
  await page.waitForTimeout(QUIET_MS);
  const unchangedMs = await measurePoll(phone);
  answer(toView(length));
  const sameMs = await measurePoll(phone);
  answer(toView(length + 1));
  const newMs = await measurePoll(phone);
  const domNodes = await page.evaluate(() => document.querySelectorAll('*').length);
  const longestFrameMs = await measureFling(phone);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const opened = { length, openMs, domNodes };
  await phone.context.close();
  return { ...opened, unchangedMs, sameMs, newMs, longestFrameMs, heapMB: usedSize / 1e6 };
}

async function measureFling({ page, devtools }: Phone): Promise<number> {
  await page.evaluate(() => globalThis.visit.watchFrames());
  for (let swipes = 0; swipes < 4; swipes++)
    await devtools.send('Input.synthesizeScrollGesture', {
      ...{ x: 195, y: 560, yDistance: swipes < 2 ? 1_500 : -1_500, speed: 4_000 },
    });
  return page.evaluate(() => globalThis.visit.longestFrameMs);
}

export async function measureLongThreads(rounds: number): Promise<ThreadLengthFigures[][]> {
  const site = await startSite({ LIMITS: 'off', LOG_LEVEL: 'error' });
  const browser = await openBrowser();
  const figures: ThreadLengthFigures[][] = [];
  for (let round = 0; round < rounds; round++) {
    const each: ThreadLengthFigures[] = [];
    for (const length of LENGTHS) each.push(await measureLength(browser, site, length));
    figures.push(each);
  }
  await browser.close();
  await site.close();
  return figures;
}
