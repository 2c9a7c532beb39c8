import { expect, test } from 'vitest';
import { NowPanel } from '@/components/order/now-panel';
import { render, screen } from '@/tests/support/render';
import { order, people, zelma } from '@/tests/support/sample-order';

test.each([
  ['Zelma', 'ZYour shopper: Zelma'],
  ['', '?Your shopper'],
])('a shopper with the name "%s" is shown as "%s"', (name, text) => {
  const shoppers = [{ ...zelma, name }];
  render(<NowPanel view={order({}, { people: { ...people, shoppers } })} />);
  const { textContent = '' } = screen.getByRole('region');
  expect(textContent?.replace(/[\u2066-\u2069]/g, '').endsWith(text), textContent ?? '').toBe(true);
});
