import { expect, test } from 'vitest';
import { StoreHeader } from '@/components/order/store-header';
import { useDocumentLanguage } from '@/lib/client/copy/use-document-language';
import { copy as english } from '@/lib/order/copy/en-US/order-page';
import { copy as french } from '@/lib/order/copy/fr-CA/order-page';
import { render, screen } from '@/tests/support/render';

function Page({ name, copy }: { name: string | undefined; copy: typeof english }) {
  useDocumentLanguage(copy);
  const logos = { logoUrl: undefined, logoDarkUrl: undefined };
  return <StoreHeader {...logos} name={name} supportUrl="tel:1" copy={english} />;
}

test('the header of a store without a name follows the language, and a name stays', () => {
  const { rerender } = render(<Page name={undefined} copy={english} />);
  rerender(<Page name={undefined} copy={french} />);
  expect(document.documentElement.lang).toBe('fr-CA');
  expect(screen.getByText(french.title(''))).toBeTruthy();
  expect(screen.getByText(french.support)).toBeTruthy();
  rerender(<Page name="Fresh" copy={english} />);
  expect(screen.getByText('Fresh')).toBeTruthy();
});
