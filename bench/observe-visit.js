// Runs in the page before its scripts. Records the paint of the order, layout shifts and the duration of taps.
globalThis.visit = {
  headlineMs: undefined,
  layoutShift: 0,
  interactionMs: 0,
  longestFrameMs: 0,
  watchFrames() {
    let lastMs = performance.now();
    requestAnimationFrame(function next() {
      const nowMs = performance.now();
      visit.longestFrameMs = Math.max(visit.longestFrameMs, nowMs - lastMs);
      lastMs = nowMs;
      requestAnimationFrame(next);
    });
  },
};

new PerformanceObserver((list) => {
  for (const { value, hadRecentInput } of list.getEntries())
    if (!hadRecentInput) visit.layoutShift += value;
}).observe({ type: 'layout-shift', buffered: true });

// Measures until the frame that shows the result. Event Timing is not used, because a headless browser reports
// keys as shown only at the next tap.
for (const name of ['pointerdown', 'pointerup', 'click', 'keydown', 'keyup'])
  addEventListener(
    name,
    ({ timeStamp }) =>
      requestAnimationFrame(() =>
        setTimeout(() => {
          visit.interactionMs = Math.max(visit.interactionMs, performance.now() - timeStamp);
        }),
      ),
    { capture: true, passive: true },
  );

/** The frame is painted when the callback of the frame after the next runs. */
function whenPainted(callback) {
  requestAnimationFrame(() => requestAnimationFrame(callback));
}

// The skeleton gets the headline before React starts. The order may come first.
new MutationObserver((_, observer) => {
  if (!document.querySelector('#early-headline[data-text], .status h1:not(.sr-only)')) return;
  observer.disconnect();
  whenPainted(() => (visit.headlineMs = performance.now()));
}).observe(document, { childList: true, subtree: true, attributeFilter: ['data-text'] });

// Reported on the console, because repeated evaluation would cause work in the page.
new MutationObserver((_, observer) => {
  const headline = document.querySelector('.status h1:not(.sr-only)');
  if (!headline || !document.querySelector('.thread [data-from]')) return;
  observer.disconnect();
  whenPainted(() => console.info('order shown', performance.now()));
}).observe(document, { childList: true, subtree: true });
