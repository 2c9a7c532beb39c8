import { useState } from 'react';
import { hasUnsupportedFormat, toPictureId, toUncachedUrl } from '@/lib/order/picture-address';
import { requestFreshAddresses } from './picture-refresh';

/** Limits the new addresses that are tried automatically, in a row, for a picture that fails. */
const MAX_FALLBACKS = 2;

type Loading = {
  id: string;
  src: string;
  /** The address in the order from which `src` was made. */
  triedUrl: string;
  /** `refreshing`: the order is being requested for a new address. */
  status: 'loading' | 'shown' | 'refreshing' | 'failed';
  fallbacksLeft: number;
  /** Number of times that the customer has pressed the retry button. */
  attempts: number;
};

/**
 * Loads the picture at `url`, whose signature may change with every poll. An address is kept until it fails. Then the
 * newest address is tried, if necessary after another request for the order.
 */
export function usePicture(url: string) {
  const [stored, setLoading] = useState(() => start(url));
  const loading = toNewest(stored, url);
  if (loading !== stored) setLoading(loading);
  const { id, src, triedUrl, status, fallbacksLeft, attempts } = loading;

  function update(change: (now: Loading) => Partial<Loading>) {
    setLoading((now) => (now.id === id ? { ...now, ...change(now) } : now));
  }

  /** Requests the order again. `otherwise` applies if the response has no new address. */
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

    /** Uses the newest address, or bypasses the browser's cache if the address has not changed. */
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

/** A new address does not help if the browser cannot show the format. */
function countFallbacks(url: string): number {
  return hasUnsupportedFormat(url) ? 0 : MAX_FALLBACKS;
}

/** Another picture starts from the beginning; the same picture, if not shown, continues with a new address. */
function toNewest(loading: Loading, url: string): Loading {
  const { id, triedUrl, status, fallbacksLeft } = loading;
  if (id !== toPictureId(url)) return start(url);
  const mayContinue = status === 'refreshing' || (status === 'failed' && fallbacksLeft > 0);
  if (!mayContinue || triedUrl === url) return loading;
  const remaining = Math.max(0, fallbacksLeft - 1);
  return { ...loading, src: url, triedUrl: url, status: 'loading', fallbacksLeft: remaining };
}
