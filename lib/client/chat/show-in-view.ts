/**
 * Opens a dialog in the visible part of a frame. The frame may be taller than the host's window, and a script in the
 * frame cannot read the size of that window. Sets --view-top and --view-height on the dialog.
 */
export function showInView(dialog: HTMLDialogElement): void {
  if (parent === self) {
    dialog.showModal();
    return;
  }
  const page = document.documentElement;
  let isClosed = false;
  const view = new IntersectionObserver(([entry]) => {
    if (!entry || isClosed || !dialog.isConnected) return view.disconnect();
    const { top, height } = entry.intersectionRect;
    dialog.style.setProperty('--view-top', `${Math.round(top)}px`);
    dialog.style.setProperty('--view-height', `${Math.round(height)}px`);
    if (!dialog.open) dialog.showModal();
    // The observer reports changes of the visible ratio only, so a change of position needs a new observation.
    requestAnimationFrame(() => {
      view.unobserve(page);
      if (!isClosed) view.observe(page);
    });
  });
  dialog.addEventListener('close', () => (isClosed = true), { once: true });
  view.observe(page);
}
