import { expect, test } from 'vitest';
import type { OrderStatusElement } from '@/public/embed';
import type {} from '@/public/embed-react';
import { render } from '@/tests/support/render';

test('a host with React and TypeScript can use the element, its attributes and its events', () => {
  const received: (number | string)[] = [];
  function listen(element: OrderStatusElement | null) {
    element?.addEventListener('order-status:token-needed', ({ detail }) => {
      received.push(detail.reason);
      element.token = 'new';
    });
  }
  const { container } = render(
    <order-status
      ref={listen}
      token="old"
      theme="dark"
      locale="fr-CA"
      height={640}
      surface="transparent"
      density="compact"
      radius={8}
      font="Georgia, serif"
      loading="lazy"
      onorder-status:unread={({ detail }) => received.push(detail.count)}
    >
      <a href="/order">Open your order in a new tab</a>
    </order-status>,
  );
  const element = container.querySelector('order-status');
  element?.dispatchEvent(new CustomEvent('order-status:unread', { detail: { count: 2 } }));
  element?.dispatchEvent(
    new CustomEvent('order-status:token-needed', { detail: { reason: 'expired' } }),
  );
  expect(received).toEqual([2, 'expired']);
  expect([element?.token, element?.getAttribute('theme')]).toEqual(['new', 'dark']);
  expect(element?.getAttribute('radius')).toBe('8');
  // @ts-expect-error This theme does not exist.
  expect(<order-status token="t" theme="pink" />).toBeTruthy();
  // @ts-expect-error A radius has no other unit.
  expect(<order-status token="t" radius="1em" />).toBeTruthy();
});
