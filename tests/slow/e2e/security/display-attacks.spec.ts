import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { copy } from '@/lib/order/copy/en-US/order-page';
import { toTimestamp } from '@/tests/simulator/clock';
import { hostileTexts } from '@/tests/simulator/hostile-scenario';
import type { Site } from '@/tests/support/site';
import { expect, test } from '@/tests/e2e/support/site-test';

// Texts and names that attack the layout of the page.

const CLOCK = /^\d+:\d+\s[AP]M$/;

/** Puts an order whose shopper has this name and has written these texts, one per day. */
function putThread({ simulator }: Site, texts: readonly string[], shopperName = 'Zelma'): string {
  const orderId = randomUUID();
  const shopper = { id: 9, display_name: shopperName };
  const firstAtMs = Date.now() - texts.length * 86_400_000;
  simulator.control.putOrder(orderId, {
    body: {
      chat_messages: texts.map((body, index) => ({
        id: 100 + index,
        order_id: 1,
        created_at: toTimestamp(firstAtMs + index * 86_400_000),
        recipient_id: 8,
        recipient_type: 'user',
        sender_id: shopper.id,
        sender_type: 'driver',
        read: true,
        body,
      })),
      lifecycle_messages: [],
      metadata: {
        customer: { id: 8, display_name: 'John' },
        current_shopper: shopper,
        shoppers: [shopper],
        is_expired: false,
      },
    },
  });
  return orderId;
}

const rows = (page: Page) =>
  page.getByRole('region', { name: copy.chat.thread }).locator('[data-from="shopper"]');

/** The letters of a row from left to right as they are drawn. */
function readAsDrawn(page: Page, index: number): Promise<string> {
  return rows(page)
    .nth(index)
    .locator('p')
    .evaluateAll((lines) =>
      lines
        .map((line) => {
          const letters: [left: number, letter: string][] = [];
          const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const { currentNode } = texts;
            for (const [at, letter] of [...(currentNode.textContent ?? '')].entries()) {
              const range = document.createRange();
              range.setStart(currentNode, at);
              range.setEnd(currentNode, at + 1);
              if (range.getClientRects().length > 0)
                letters.push([range.getBoundingClientRect().left, letter]);
            }
          }
          return letters
            .toSorted(([a], [b]) => a - b)
            .map(([, letter]) => letter)
            .join('');
        })
        .join('\n'),
    );
}

test('a name with direction marks is drawn like the name without them, and so is the time below', async ({
  page,
  site,
}) => {
  const show = async (name: string) => {
    await page.goto('about:blank');
    await page.goto(await site.link(putThread(site, ['Bread is 3.99'], name)));
    await expect(rows(page)).toHaveCount(1);
    return (await readAsDrawn(page, 0)).split('\n');
  };
  for (const name of ['Zelma', '\u202eZelma', 'Zelma\u202e', '\u2067Zelma', '\u202bZelma'])
    expect(await show(name)).toEqual([
      'Zelma',
      'Bread is 3.99',
      expect.stringMatching(/^Zelma · \d+:\d+\s[AP]M$/),
    ]);
});

test('a right-to-left name does not move the time and the text', async ({ page, site }) => {
  await page.goto(await site.link(putThread(site, ['Bread is 3.99'], 'זלמה')));
  await expect(rows(page)).toHaveCount(1);
  const [name, text, clock] = (await readAsDrawn(page, 0)).split('\n');
  const drawnName = [...'זלמה'].reverse().join('');
  expect(name).toBe(drawnName);
  expect(text).toBe('Bread is 3.99');
  expect(clock?.startsWith(`${drawnName} · `)).toBe(true);
  expect(clock?.split(' · ').at(-1)).toMatch(CLOCK);
});

test('500 combining marks on a letter add at most one line to a bubble and are clipped', async ({
  page,
  site,
}) => {
  const stacks = ['\u0301', '\u0336', '\u0489', '\u0316'].map((mark) => `q${mark.repeat(500)}uite`);
  await page.goto(await site.link(putThread(site, ['quite', ...stacks])));
  const bubbles = rows(page).locator('p:has(bdi.block)');
  await expect(bubbles).toHaveCount(stacks.length + 1);
  const boxes = await bubbles.evaluateAll((all) =>
    all.map((bubble) => ({
      height: bubble.getBoundingClientRect().height,
      lineHeight: parseFloat(getComputedStyle(bubble).lineHeight),
      overflow: getComputedStyle(bubble).overflow,
    })),
  );
  const usual = boxes[0]?.height ?? 0;
  expect(usual).toBeGreaterThan(0);
  for (const { height, lineHeight, overflow } of boxes) {
    expect(height).toBeLessThanOrEqual(usual + lineHeight);
    expect(overflow).toBe('clip');
  }
});

test('texts in Arabic, Hebrew, Hindi and Thai are unchanged and have their direction', async ({
  page,
  site,
}) => {
  const samples: [text: string, direction: string][] = [
    [hostileTexts.arabic, 'rtl'],
    [hostileTexts.hebrew, 'rtl'],
    ['नमस्ते, क्या ये केले ठीक हैं? क्षत्रिय', 'ltr'],
    ['สวัสดีค่ะ กล้วยแบบนี้ได้ไหม น้ำ', 'ltr'],
  ];
  await page.goto(
    await site.link(
      putThread(
        site,
        samples.map(([text]) => text),
      ),
    ),
  );
  const texts = rows(page).locator('bdi.block');
  await expect(texts).toHaveText(samples.map(([text]) => text));
  expect(
    await texts.evaluateAll((all) =>
      all.map((text) => [text.textContent, text.matches(':dir(rtl)') ? 'rtl' : 'ltr']),
    ),
  ).toEqual(samples);
});

test('a message of almost a megabyte is folded, unfolds to a limited length, and typing works', async ({
  page,
  site,
}) => {
  const huge = 'All work and no play. '.repeat(47_000).slice(0, 1_000_000);
  await page.goto(await site.link(putThread(site, [huge])));
  const text = rows(page).locator('bdi.block');
  const lengthOf = async () => (await text.textContent())?.length;
  await expect(text).toHaveText(/…$/);
  expect(await lengthOf()).toBeLessThanOrEqual(2_001);
  await page.getByRole('button', { name: copy.chat.showMore }).click();
  await expect.poll(lengthOf).toBeGreaterThan(2_001);
  expect(await lengthOf()).toBeLessThanOrEqual(20_001);
  const field = page.getByRole('textbox', { name: 'Message to Zelma' });
  await field.pressSequentially('Rye is fine');
  await expect(field).toHaveValue('Rye is fine');
});
