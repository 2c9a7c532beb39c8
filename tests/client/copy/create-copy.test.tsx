import { useLayoutEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCopy } from '@/lib/client/copy/create-copy';
import type { Locale } from '@/lib/order/copy/locales';
import { act, render, screen } from '@/tests/support/render';

type Copy = { greeting: string };

let arrivals: Map<Locale, { resolve: (copy: Copy) => void; reject: (cause: Error) => void }[]>;

function createTestCopy() {
  return createCopy<Copy>(
    (locale) =>
      new Promise((resolve, reject) => {
        arrivals.set(locale, [...(arrivals.get(locale) ?? []), { resolve, reject }]);
      }),
  );
}

beforeEach(() => {
  vi.useFakeTimers();
  arrivals = new Map();
});
afterEach(() => void vi.useRealTimers());

function openPage({ useCatalogue }: ReturnType<typeof createTestCopy>) {
  function Page({ locale }: { locale: Locale | undefined }) {
    return <p>{useCatalogue(locale)?.greeting ?? 'loading'}</p>;
  }
  const { rerender } = render(<Page locale={undefined} />);
  return (locale: Locale) => rerender(<Page locale={locale} />);
}

const arrive = (locale: Locale, greeting: string) =>
  act(async () => arrivals.get(locale)?.at(-1)?.resolve({ greeting }));

test('nothing is loaded before the language is known, and each language once', async () => {
  const show = openPage(createTestCopy());
  expect(arrivals.size).toBe(0);
  show('en-US');
  expect(screen.getByText('loading')).toBeTruthy();
  await arrive('en-US', 'Hello');
  show('fr-CA');
  expect(screen.getByText('Hello')).toBeTruthy();
  await arrive('fr-CA', 'Bonjour');
  expect(screen.getByText('Bonjour')).toBeTruthy();
  show('en-US');
  expect(screen.getByText('Hello')).toBeTruthy();
  expect([...arrivals.values()].map(({ length }) => length)).toEqual([1, 1]);
});

test('a catalogue that arrives after the language has changed again is not shown', async () => {
  const show = openPage(createTestCopy());
  show('fr-CA');
  show('es-US');
  await arrive('es-US', 'Hola');
  await arrive('fr-CA', 'Bonjour');
  expect(screen.getByText('Hola')).toBeTruthy();
});

test('a catalogue that could not be loaded is requested again', async () => {
  const show = openPage(createTestCopy());
  show('en-US');
  await act(async () => arrivals.get('en-US')?.[0]?.reject(new TypeError('Failed to fetch')));
  await act(() => vi.advanceTimersByTimeAsync(5_000));
  expect(arrivals.get('en-US')).toHaveLength(2);
  await arrive('en-US', 'Hello');
  expect(screen.getByText('Hello')).toBeTruthy();
});

test('a preloaded catalogue is in the first rendering', async () => {
  const copy = createTestCopy();
  void copy.preload('en-GB');
  await arrive('en-US', 'Hello');
  const show = openPage(copy);
  show('en-US');
  expect(screen.getByText('Hello')).toBeTruthy();
});

test('a catalogue that arrives between a rendering and its effects is shown', async () => {
  vi.useRealTimers();
  // With it React would run the effects at once.
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false);
  const copy = createTestCopy();
  void copy.preload('en-US');
  const resolve = (index: number) => arrivals.get('en-US')?.[index]?.resolve({ greeting: 'Hello' });
  function Page() {
    const shown = copy.useCatalogue('en-US');
    useLayoutEffect(() => resolve(0), []);
    return <p>{shown?.greeting ?? 'loading'}</p>;
  }
  const place = document.createElement('div');
  const root = createRoot(place);
  root.render(<Page />);
  await vi.waitFor(() => {
    resolve(1);
    expect(place.textContent).toBe('Hello');
  });
  root.unmount();
  vi.unstubAllGlobals();
});

test('a catalogue that does not arrive is replaced by another one after four seconds', async () => {
  const copy = createTestCopy();
  void copy.preload('en-US');
  await arrive('en-US', 'Hello');
  const show = openPage(copy);
  show('fr-CA');
  await act(() => vi.advanceTimersByTimeAsync(3_900));
  expect(screen.getByText('loading')).toBeTruthy();
  await act(() => vi.advanceTimersByTimeAsync(200));
  expect(screen.getByText('Hello')).toBeTruthy();
  await arrive('fr-CA', 'Bonjour');
  expect(screen.getByText('Bonjour')).toBeTruthy();
});
