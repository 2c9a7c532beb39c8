// Signed picture addresses expire. If a picture fails to load, the page requests the order again for new addresses.
// `refresh` is module state and not a prop, because pictures are rendered in many components.

type Refresh = () => Promise<void>;

let refresh: Refresh | undefined;

/** `read` requests the order without an ETag, or does nothing if it did so a moment ago. Returns a cleanup function. */
export function provideFreshAddresses(read: Refresh): () => void {
  refresh = read;
  return () => {
    if (refresh === read) refresh = undefined;
  };
}

/** Resolves when the new addresses have been rendered; undefined if no order page is mounted. */
export function requestFreshAddresses(): Promise<void> | undefined {
  // TanStack Query notifies its observers in a timer of 0 ms, which was set before this timer.
  return refresh?.().then(() => new Promise((resolve) => setTimeout(resolve)));
}
