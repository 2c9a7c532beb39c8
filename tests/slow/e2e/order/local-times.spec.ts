import { expect, test } from '@/tests/e2e/support/site-test';

// The documented example was written at midnight UTC, which is another local time for its reader.
const readers = [
  { locale: 'en-US', timezoneId: 'America/Chicago', time: /^6:00\sPM$/, day: 'December 31' },
  { locale: 'fr-CA', timezoneId: 'Europe/Paris', time: /^01\sh\s00$/, day: '1 janvier' },
  { locale: 'fr-FR', timezoneId: 'Europe/Paris', time: /^01\sh\s00$/, day: '1 janvier' },
  { locale: 'es-MX', timezoneId: 'Asia/Kolkata', time: /^5:30\sa\.\s?m\.$/, day: '1 de enero' },
  // The page has no Arabic, so its times are English too.
  { locale: 'ar-EG', timezoneId: 'Africa/Cairo', time: /^2:00\sAM$/, day: 'January 1' },
];

for (const { locale, timezoneId, time, day } of readers) {
  test.describe(`${locale} in ${timezoneId}`, () => {
    test.use({ locale, timezoneId });

    test('times are in the local zone and in the language of the page', async ({ page, site }) => {
      await page.goto(await site.link('documented'));
      const thread = page.locator('.thread');
      await expect(thread.locator('li[data-from] time > :first-child')).toHaveText(time);
      await expect(thread.locator('li time').first()).toContainText(day);
      await expect(thread.locator('li[data-from] time')).toHaveAttribute(
        'datetime',
        '2021-01-01T00:00:00.000Z',
      );
    });
  });
}
