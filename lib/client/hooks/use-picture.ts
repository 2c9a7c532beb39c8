import { useState } from 'react';
import { isUnshowable, toPictureId, toUncachedUrl } from '@/lib/order/picture-address';
import { requestFreshAddresses } from './picture-refresh';

/** How many newer addresses are tried by themselves, in a row, for a picture that fails. */
const MAX_FALLBACKS = 2;

type Loading = {
  id: string;
  src: string;
  /** The order's address that `src` was made from. */
  triedUrl: string;
  /** `refreshing`: the order is being read for a newer address. */
  status: 'loading' | 'shown' | 'refreshing' | 'failed';
  fallbacksLeft: number;
  /** How often the customer asked for it again. */
  attempts: number;
};

/**
 * Loads the picture at `url`, which may be signed anew at every reading: an address in use stays until it
 * fails, then the newest one is tried, if need be after another reading of the order.
 */
export function usePicture(url: string) {
  const [stored, setLoading] = useState(() => start(url));
  const loading = toNewest(stored, url);
  if (loading !== stored) setLoading(loading);
  const { id, src, triedUrl, status, fallbacksLeft, attempts } = loading;

  function update(change: (now: Loading) => Partial<Loading>) {
    setLoading((now) => (now.id === id ? { ...now, ...change(now) } : now));
  }

  /** Reads the order again. `otherwise` applies if that brings no newer address. */
  function refresh(otherwise: Partial<Loading>) {
    const refreshed = requestFreshAddresses();
    if (!refreshed) return update(() => otherwise);
    update(() => ({ status: 'refreshing' }));
    const settle = () => update((now) => (now.status === 'refreshing' ? otherwise : {}));
    return void refreshed.then(settle, settle);
  }

  return {
    src,
    status,
    attempts,
    onLoad: () => update(() => ({ status: 'shown', fallbacksLeft: MAX_FALLBACKS })),

    onError() {
      const isUntried = fallbacksLeft === MAX_FALLBACKS && attempts === 0;
      if (triedUrl === url && isUntried) refresh({ status: 'failed' });
      else update(() => ({ status: 'failed' }));
    },

    /** With the newest address, or, where that has not changed, past the browser's cache. */
    loadAgain() {
      const next = attempts + 1;
      const fallbacksLeft = countFallbacks(url);
      update(() => ({ src: url, triedUrl: url, attempts: next, fallbacksLeft }));
      refresh({ src: toUncachedUrl(url, next), status: 'loading' });
    },
  };
}

function start(url: string): Loading {
  const id = toPictureId(url);
  const fallbacksLeft = countFallbacks(url);
  return { id, src: url, triedUrl: url, status: 'loading', fallbacksLeft, attempts: 0 };
}

/** A newer address does not help where the browser cannot show the format. */
function countFallbacks(url: string): number {
  return isUnshowable(url) ? 0 : MAX_FALLBACKS;
}

/** Another picture begins from scratch; one that is not shown goes on with a newer address. */
function toNewest(loading: Loading, url: string): Loading {
  const { id, triedUrl, status, fallbacksLeft } = loading;
  if (id !== toPictureId(url)) return start(url);
  const mayGoOn = status === 'refreshing' || (status === 'failed' && fallbacksLeft > 0);
  if (!mayGoOn || triedUrl === url) return loading;
  const left = Math.max(0, fallbacksLeft - 1);
  return { ...loading, src: url, triedUrl: url, status: 'loading', fallbacksLeft: left };
}
