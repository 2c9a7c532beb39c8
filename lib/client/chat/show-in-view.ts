/**
 * Opens a dialog in the part of a frame that is on screen: the frame may be taller than the window around
 * it, and no script in it can ask for more. Sets --view-top and --view-height on the dialog.
 */
export function showInView(dialog: HTMLDialogElement): void {
  if (parent === self) {
    dialog.showModal();
    return;
  }
  const page = document.documentElement;
  let isOver = false;
  const view = new IntersectionObserver(([entry]) => {
    if (!entry || isOver || !dialog.isConnected) return view.disconnect();
    const { top, height } = entry.intersectionRect;
    dialog.style.setProperty('--view-top', `${Math.round(top)}px`);
    dialog.style.setProperty('--view-height', `${Math.round(height)}px`);
    if (!dialog.open) dialog.showModal();
    // An observer tells how much is on screen, and keeps silent when only the place changes.
    requestAnimationFrame(() => {
      view.unobserve(page);
      if (!isOver) view.observe(page);
    });
  });
  dialog.addEventListener('close', () => (isOver = true), { once: true });
  view.observe(page);
}
