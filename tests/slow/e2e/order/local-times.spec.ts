import { expect, test } from '@/tests/e2e/support/site-test';

// The documented example was written at midnight UTC; where its reader is, it was another time.
const readers = [
  { locale: 'en-US', timezoneId: 'America/Chicago', time: /^6:00\sPM$/, day: 'December 31' },
  { locale: 'fr-CA', timezoneId: 'Europe/Paris', time: /^01\sh\s00$/, day: '1 janvier' },
  { locale: 'fr-FR', timezoneId: 'Europe/Paris', time: /^01:00$/, day: '1 janvier' },
  { locale: 'es-US', timezoneId: 'Asia/Kolkata', time: /^5:30\sa\.?\s?m/, day: '1 de enero' },
  { locale: 'ar-EG', timezoneId: 'Africa/Cairo', time: /٢:٠٠/, day: '١ يناير' },
];

for (const { locale, timezoneId, time, day } of readers) {
  test.describe(`${locale} in ${timezoneId}`, () => {
    test.use({ locale, timezoneId });

    test('reads times of its own zone in its own way', async ({ page, site }) => {
      await page.goto(await site.link('documented'));
      const thread = page.getByRole('region', { name: 'Message thread' });
      await expect(thread.locator('li[data-from] time > :first-child')).toHaveText(time);
      await expect(thread.locator('li time').first()).toContainText(day);
      await expect(thread.locator('li[data-from] time')).toHaveAttribute(
        'datetime',
        '2021-01-01T00:00:00.000Z',
      );
    });
  });
}

for (const language of ['C', '', 'en-US@posix'])
  test(`a browser whose language is no language (“${language}”) shows the order all the same`, async ({
    page,
    site,
  }) => {
    await page.addInitScript((given) => {
      Object.defineProperty(navigator, 'language', { value: given });
    }, language);
    await page.goto(await site.link('documented'));
    await expect(page.getByText('MessageBody')).toBeVisible();
    await expect(page.locator('li[data-from] time')).toHaveAttribute('title', /December 31, 2020/);
  });
