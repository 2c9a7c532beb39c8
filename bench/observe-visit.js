// In the page, before all of its own: when the order is painted, what moves, and how long taps take.
globalThis.visit = {
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

// To the frame that shows it. Not by the browser's own event timing: without a screen it takes keys for
// shown only at the next tap.
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

// Told on the console, as whoever asks the page again and again has it work for the answer.
new MutationObserver((_, observer) => {
  const headline = document.querySelector('.now h1:not(.sr-only)');
  if (!headline || !document.querySelector('.thread [data-from]')) return;
  observer.disconnect();
  // In the frame after the next, this one has been painted.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => console.info('order shown', performance.now())),
  );
}).observe(document, { childList: true, subtree: true });
