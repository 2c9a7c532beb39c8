// A picture's signed address expires. Where one fails to load, the page reads the order once more for the
// newest addresses. Pictures appear in many places, so they do not get this function through their props.

type Refresh = () => Promise<void>;

let refresh: Refresh | undefined;

/** `read` reads the order again, unconditionally, or returns early where it did so a moment ago. */
export function provideFreshAddresses(read: Refresh): () => void {
  refresh = read;
  return () => {
    if (refresh === read) refresh = undefined;
  };
}

/** Resolves when the newest addresses have been rendered; undefined where nothing can provide them. */
export function requestFreshAddresses(): Promise<void> | undefined {
  // TanStack Query notifies its observers in a timer of 0 ms that was set before this one.
  return refresh?.().then(() => new Promise((resolve) => setTimeout(resolve)));
}
