import { startSite } from '@/tests/support/site';
import { readFloorScripts, toGzipBytes } from '@/tests/support/page-weight';
import { openBrowser } from './slow-phone';
import type { RatioRow } from './ratio-table';

// The bytes that the pages load, compared with a bare page of the same Next and React.

export async function measureWeights(): Promise<RatioRow[]> {
  const site = await startSite({ EMBED_ORIGINS: 'https://shop.example', LOG_LEVEL: 'error' });
  const browser = await openBrowser();
  const floorBytes = await toGzipBytes('tests/floor/.next', readFloorScripts());
  const rows: RatioRow[] = [];
  for (const path of ['/order', '/embed']) {
    const page = await browser.newPage();
    const scripts: string[] = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.push(request.url());
    });
    await page.goto((await site.link('shopping')).replace('/order', path), {
      waitUntil: 'networkidle',
    });
    const bytes = await toGzipBytes('.next', scripts);
    const ratio = bytes / floorBytes;
    rows.push({
      measure: 'Scripts of a page, gzip',
      subject: `ours, ${path}`,
      beside: 'a bare page',
      ratio: { min: ratio, median: ratio, max: ratio },
      value: `${bytes.toLocaleString('en')} B (+${(bytes - floorBytes).toLocaleString('en')})`,
    });
    await page.close();
  }
  await browser.close();
  await site.close();
  return rows;
}
