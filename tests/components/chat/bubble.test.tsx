import { expect, test } from 'vitest';
import { Bubble } from '@/components/chat/bubble';
import { MessageText } from '@/components/ui/message-text';
import { hostileTexts } from '@/tests/simulator/hostile-scenario';
import { fireEvent, render, screen, userEvent } from '@/tests/support/render';
import { fromCustomer, fromShopper } from '@/tests/support/sample-order';
import { copy } from '@/lib/order/copy/en-US/order-page';

function show(body: string) {
  return render(<Bubble message={fromShopper(body)} senderName="Zelma" copy={copy} />);
}

test.each(['script', 'imageTag', 'closingTags', 'markdown', 'template'] as const)(
  '%s is shown literally and creates no element',
  (kind) => {
    const { container } = show(hostileTexts[kind]);
    expect(container.textContent).toBe(hostileTexts[kind]);
    expect(container.querySelectorAll('script, img, svg, b, plaintext')).toHaveLength(0);
  },
);

test.each(['arabic', 'hebrew', 'bidi'] as const)(
  '%s gets its own text direction, isolated in the bubble',
  (kind) => {
    const { container } = show(hostileTexts[kind]);
    const text = container.querySelector('bdi');
    expect(text?.dir).toBe('auto');
    expect(text?.textContent).toBe(hostileTexts[kind]);
  },
);

test('an https address becomes a link without referrer and opener', () => {
  show('See https://www.example.com/aisle?a=1 please.');
  const link = screen.getByRole('link', { name: 'https://www.example.com/aisle?a=1' });
  expect(link.getAttribute('href')).toBe('https://www.example.com/aisle?a=1');
  expect(link.getAttribute('rel')).toBe('noopener noreferrer nofollow ugc');
  expect(link.getAttribute('target')).toBe('_blank');
});

test('a phone number becomes a tel: link', () => {
  show('Call +1 (415) 555-0123 at the gate');
  const link = screen.getByRole('link', { name: '+1 (415) 555-0123' });
  expect(link.getAttribute('href')).toBe('tel:+14155550123');
  expect(link.hasAttribute('target')).toBe(false);
});

test.each(['javascriptUrl', 'dataUrl', 'disguisedLink', 'markdown', 'formula'] as const)(
  '%s has no link other than https',
  (kind) => {
    show(hostileTexts[kind]);
    const targets = screen.queryAllByRole('link').map((link) => link.getAttribute('href') ?? '');
    for (const target of targets) expect(target).toMatch(/^https:\/\/[\w.-]+(\/|$)/);
    expect(targets.join()).not.toContain('instacart.com@');
  },
);

test('a message over 2,000 characters is folded until the button is pressed', async () => {
  const { container } = show(hostileTexts.fiveThousand);
  expect(container.querySelector('bdi')?.textContent).toMatch(/^All work.{1900,1990}\w…$/);
  await userEvent.click(screen.getByRole('button', { name: 'Show the whole message' }));
  expect(container.textContent).toBe(hostileTexts.fiveThousand);
  expect(screen.queryByRole('button')).toBeNull();
});

test('the fold cuts no character and no link', () => {
  const address = 'https://www.example.com/aisle/produce';
  const { container, unmount } = show(`${'x'.repeat(1_980)} ${address} and more`);
  expect(container.querySelector('bdi')?.textContent).toBe(`${'x'.repeat(1_980)}…`);
  expect(screen.queryByRole('link')).toBeNull();
  unmount();
  const wordless = show(`x${'🙂'.repeat(1_001)}`).container.querySelector('bdi')?.textContent;
  expect(wordless).toBe(`x${'🙂'.repeat(999)}…`);
});

test('an empty message has no bubble', () => {
  const { container } = show('');
  expect(container.textContent).toBe('');
});

test('the label of a picture names the sender, or the customer as “you”', async () => {
  const imageUrl = 'https://images.instacart.com/a.jpg';
  const { unmount } = render(
    <Bubble message={fromShopper('', { imageUrl })} senderName="Zelma" copy={copy} />,
  );
  expect((await screen.findByRole('button')).getAttribute('aria-label')).toMatch(
    /^Open Photo from Zelma, 2:41\sPM$/,
  );
  unmount();
  render(<Bubble message={fromCustomer('', { imageUrl })} senderName={undefined} copy={copy} />);
  expect((await screen.findByRole('button')).getAttribute('aria-label')).toMatch(
    /^Open Photo from you, 2:41\sPM$/,
  );
});

test('a picture from a host that is not listed is replaced by an explanation', () => {
  render(
    <Bubble
      message={fromShopper('Look', { imageWithheld: true })}
      senderName="Zelma"
      copy={copy}
    />,
  );
  expect(screen.getByText('This photo cannot be shown here')).toBeTruthy();
  expect(screen.queryByRole('img')).toBeNull();
});

test('a short text that replaces a long one is not folded', () => {
  const { rerender, container } = render(<MessageText body={'long '.repeat(1_000)} plain />);
  expect(container.textContent).toHaveLength(2_000);
  rerender(<MessageText body="Your order is on the way." plain />);
  expect(container.textContent).toBe('Your order is on the way.');
});

test('a new photo is loaded after another one has failed', async () => {
  const first = fromShopper('', { imageUrl: 'https://images.instacart.com/first.jpg' });
  const { rerender } = render(<Bubble message={first} senderName="Zelma" copy={copy} />);
  const [image = document.body] = await screen.findAllByAltText(/^Photo from Zelma/);
  fireEvent.error(image);
  expect(screen.getByText('The photo could not be loaded')).toBeTruthy();
  const second = { ...first, imageUrl: 'https://images.instacart.com/second.jpg' };
  rerender(<Bubble message={second} senderName="Zelma" copy={copy} />);
  expect(screen.queryByText('The photo could not be loaded')).toBeNull();
});

test('only the last bubble of a run has a tail, on the side of its sender', () => {
  const hasTail = (end: 'e' | 's') =>
    screen.getByText('Hi').closest('p')?.className.includes(`rounded-e${end}-`);
  for (const [message, end] of [
    [fromShopper('Hi'), 's'],
    [fromCustomer('Hi'), 'e'],
  ] as const) {
    const { rerender, unmount } = render(
      <Bubble message={message} senderName="Zelma" isLast copy={copy} />,
    );
    expect(hasTail(end)).toBe(true);
    rerender(<Bubble message={message} senderName="Zelma" copy={copy} />);
    expect(hasTail(end)).toBe(false);
    unmount();
  }
});
