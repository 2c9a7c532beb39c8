import { createContext, useContext, useEffect, useState } from 'react';
import { ALL_LOCALES, findLocale, type Locale } from '@/lib/order/copy/locales';

const RETRY_MS = 5_000;

/**
 * Creates the context and the hooks of one kind of catalogue. `importCopy` imports the script of one locale, so that a customer
 * gets one language only.
 */
export function createCopy<T>(importCopy: (locale: Locale) => Promise<T>) {
  const Context = createContext<T | undefined>(undefined);
  const loaded = new Map<Locale, T>();

  async function load(locale: Locale): Promise<T> {
    const copy = await importCopy(locale);
    loaded.set(locale, copy);
    return copy;
  }

  /** The catalogue of `locale`, or the previous one until it has loaded. Loads nothing while `locale` is undefined. */
  function useCatalogue(locale: Locale | undefined): T | undefined {
    const [copy, setCopy] = useState<T>();
    const [failures, setFailures] = useState(0);
    useEffect(() => {
      if (!locale) return undefined;
      let isCurrent = true;
      let timer: ReturnType<typeof setTimeout> | undefined;
      load(locale).then(
        (next) => isCurrent && setCopy(next),
        () => isCurrent && (timer = setTimeout(setFailures, RETRY_MS, failures + 1)),
      );
      return () => {
        isCurrent = false;
        clearTimeout(timer);
      };
    }, [locale, failures]);
    return (locale && loaded.get(locale)) ?? copy;
  }

  /** Throws Error outside the context. */
  function useCopy(): T {
    const copy = useContext(Context);
    if (!copy) throw new Error('No copy');
    return copy;
  }

  /** Loads the catalogue of a language before a component needs it, which repeats a failure. Never rejects. */
  async function preload(language: string | undefined): Promise<void> {
    const locale = findLocale(language, ALL_LOCALES);
    if (locale) await load(locale).catch(() => undefined);
  }

  return { Context, useCatalogue, useCopy, preload };
}
