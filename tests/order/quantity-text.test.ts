import { expect, test } from 'vitest';
import { formatQuantity } from '@/lib/order/quantity-text';

test.each([
  ['1', 'each', 'en-US', '1'],
  ['6', 'EACH', 'en-US', '6'],
  ['2', '', 'en-US', '2'],
  ['1.5', 'lb', 'en-US', '1.5\u00a0lb'],
  ['1.5', 'lb', 'de-DE', '1,5\u00a0lb'],
  ['1250', 'g', 'en-US', '1,250\u00a0g'],
  ['1.23456', 'kg', 'en-US', '1.235\u00a0kg'],
  ['0.500', 'kg', 'en-US', '0.5\u00a0kg'],
  ['', 'lb', 'en-US', ''],
])('the quantity "%s" of "%s" in %s is "%s"', (quantity, unit, locale, text) => {
  expect(formatQuantity({ name: 'Milk', quantity, unit }, locale)).toBe(text);
});
