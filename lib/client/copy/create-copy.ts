import { createContext, useContext, useEffect, useState } from 'react';
import { ALL_LOCALES, findLocale, type Locale } from '@/lib/order/copy/locales';

const RETRY_MS = 5_000;
/** Another language that has loaded is better than a page that waits longer. */
const PATIENCE_MS = 4_000;

/**
 * Creates the context and the hooks of one kind of catalogue. `importCopy` imports the script of one locale, so that a customer
 * gets one language only.
 */
export function createCopy<T>(importCopy: (locale: Locale) => Promise<T>) {
  const Context = createContext<T | undefined>(undefined);
  const loaded = new Map<Locale, T>();

  async function load(locale: Locale): Promise<void> {
    loaded.set(locale, await importCopy(locale));
  }

  /** The catalogue of `locale`, or the previous one until it has loaded. Loads nothing while `locale` is undefined. */
  function useCatalogue(locale: Locale | undefined): T | undefined {
    const [last, setLast] = useState<T>();
    const [attempts, setAttempts] = useState(0);
    const copy = locale && loaded.get(locale);
    if (copy && copy !== last) setLast(copy);
    useEffect(() => {
      // A script that has loaded since the rendering is known by `loaded`, and still needs another rendering.
      if (!locale || copy) return undefined;
      const renderAgain = () => setAttempts(attempts + 1);
      const showAnother = () => setLast((now) => now ?? [...loaded.values()][0]);
      const timers = [setTimeout(showAnother, PATIENCE_MS)];
      load(locale).then(renderAgain, () => timers.push(setTimeout(renderAgain, RETRY_MS)));
      return () => timers.forEach(clearTimeout);
    }, [locale, copy, attempts]);
    return copy ?? last;
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
