import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Browser } from '@playwright/test';
import sirv from 'sirv';
import { commonHeaders } from '@/lib/server/api/security-headers.js';
import { shoppingScript } from '@/tests/simulator/shopping-scenario';
import { startSite, type Site } from '@/tests/support/site';
import { openBrowser, openOrder, unpackPhone, type Phone } from './slow-phone';

// A visit on a slow phone, cold and warm, compared with a bare page of the same Next and React.

export type VisitFigures = {
  /** Time from the click on the link to the first paint: the skeleton, or the whole bare page. */
  firstPaintMs: number;
  /** Time to the paint of the headline: in the skeleton, or with the order if that is earlier. */
  headlineMs?: number | undefined;
  /** Time to the paint of the headline and the newest message. */
  orderMs?: number;
  layoutShift?: number;
  /** The slowest action: scroll up, open a picture, close it, type, send. */
  interactionMs?: number;
};

async function readFirstPaint({ page }: Phone): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) =>
        new PerformanceObserver((list) => {
          const paint = list.getEntriesByName('first-contentful-paint')[0];
          if (paint) resolve(paint.startTime);
        }).observe({ type: 'paint', buffered: true }),
      ),
  );
}

async function observeVisit(phone: Phone, link: string): Promise<VisitFigures> {
  const orderMs = await openOrder(phone, link);
  const { headlineMs, layoutShift } = await phone.page.evaluate(() => globalThis.visit);
  return {
    firstPaintMs: await readFirstPaint(phone),
    headlineMs,
    orderMs,
    layoutShift,
  };
}

/** The actions of a customer on the page; the browser measures their duration. */
async function performActions({ page }: Phone): Promise<void> {
  const thread = page.getByRole('region', { name: 'Message thread' });
  await thread.evaluate((element) => element.scrollTo({ top: 0 }));
  await page
    .getByRole('button', { name: /^Open Photo/ })
    .first()
    .tap();
  await page.getByRole('button', { name: 'Close' }).tap();
  await page.getByRole('textbox').tap();
  await page.keyboard.type('Hello from a slow phone', { delay: 60 });
  await page.getByRole('button', { name: 'Send' }).tap();
  await page.getByText('Hello from a slow phone').waitFor();
  await page.waitForTimeout(500);
}

// Each round uses a new customer and a new order.
async function visitOurs(browser: Browser, site: Site, round: number) {
  const [orderId, userId] = [`visit-${round}`, `visitor-${round}`];
  site.simulator.control.putOrder(orderId, { userId, script: shoppingScript });
  const phone = await unpackPhone(browser);
  await phone.context.addInitScript({ path: 'bench/observe-visit.js' });
  const link = await site.link(orderId, { sub: userId });
  const cold = await observeVisit(phone, link);
  await phone.page.goto('about:blank');
  const warm = await observeVisit(phone, link);
  await performActions(phone);
  const { layoutShift, interactionMs } = await phone.page.evaluate(() => globalThis.visit);
  await phone.context.close();
  return { cold, warm: { ...warm, layoutShift, interactionMs } };
}

async function visitFloor(browser: Browser, url: string) {
  const phone = await unpackPhone(browser);
  const open = async () => {
    await phone.page.goto(url);
    return { firstPaintMs: await readFirstPaint(phone) };
  };
  const cold = await open();
  await phone.page.goto('about:blank');
  const warm = await open();
  await phone.context.close();
  return { cold, warm };
}

export type Visits = Record<'ours' | 'floor', { cold: VisitFigures; warm: VisitFigures }>;

export async function measureVisits(rounds: number): Promise<Visits[]> {
  const site = await startSite({ LIMITS: 'off', LOG_LEVEL: 'error' });
  const floor = await startFloor();
  const browser = await openBrowser();
  const visits: Visits[] = [];
  for (let round = 0; round <= rounds; round++) {
    const figures = {
      floor: await visitFloor(browser, floor.url),
      ours: await visitOurs(browser, site, round),
    };
    // The first round warms the servers up.
    if (round > 0) visits.push(figures);
  }
  await browser.close();
  floor.close();
  await site.close();
  return visits;
}

/** The bare page with our headers, because Cross-Origin-Opener-Policy makes a browser start a new process. */
async function startFloor() {
  const html = readFileSync('tests/floor/.next/server/app/index.html');
  const serve = sirv('tests/floor/.next/static', { brotli: true, maxAge: 3_600, immutable: true });
  const headers = new Map(Object.entries(commonHeaders));
  const server = createServer((request, response) => {
    response.setHeaders(headers);
    if (!request.url?.startsWith('/_next/static/'))
      return response.setHeader('content-type', 'text/html').end(html);
    request.url = request.url.replace('/_next/static', '');
    return serve(request, response);
  }).listen(0);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return { url: `http://localhost:${address.port}/`, close: () => server.close() };
}
