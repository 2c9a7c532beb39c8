import { expect, test } from 'vitest';
import { toRenderErrorName } from '@/lib/order/render-error';

test.each([
  ['TypeError', 'TypeError'],
  ['HierarchyRequestError', 'HierarchyRequestError'],
  ['other', 'other'],
  ['John Doe', 'other'],
  ['typeerror', 'other'],
  [undefined, 'other'],
  [{ name: 'Error' }, 'other'],
])('the render error %j is reported as %s', (name, expected) => {
  expect(toRenderErrorName(name)).toBe(expected);
});
