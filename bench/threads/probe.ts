// Runs in every page before the page's scripts.

declare global {
  var untilPainted: (texts: string[]) => Promise<number>;
}

const LIMIT_MS = 60_000;

/** Searches from the end, where the newest message is, so that the search takes little time. */
function findText(text: string): Text | undefined {
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
  for (let node = walker.lastChild(); node; node = walker.previousNode())
    if (node instanceof Text && node.data.includes(text)) return node;
  return undefined;
}

function isInView(text: string): boolean {
  const box = document.getElementById('box')?.getBoundingClientRect();
  const node = findText(text);
  if (!box || !node) return false;
  const range = document.createRange();
  range.selectNode(node);
  const { top, bottom, height } = range.getBoundingClientRect();
  const isDrawn = node.parentElement?.checkVisibility({
    opacityProperty: true,
    visibilityProperty: true,
  });
  return isDrawn === true && height > 0 && top >= box.top && bottom <= box.bottom;
}

/** Time from navigation start until the first frame that shows all `texts` in the box is painted. */
globalThis.untilPainted = (texts) =>
  new Promise((resolve, reject) => {
    function check() {
      if (performance.now() > LIMIT_MS) return reject(new Error(`Not in view: ${texts.join()}`));
      if (!texts.every(isInView)) return requestAnimationFrame(check);
      // The frame is painted in the task of this callback, so the next task runs after the paint.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      return port2.postMessage(undefined);
    }
    requestAnimationFrame(check);
  });

export {};
