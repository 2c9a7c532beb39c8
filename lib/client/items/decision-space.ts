/** Space around a decision, in pixels, as app/styles/page.css and status.css have it. */
const MARGINS_PX = 20;
const SLIDE = { duration: 150, easing: 'ease-out' };
const GRID = '.order-grid';

/** Ref callback of a decision: the content below starts after it, however high it is. */
export function reserveSpace(decision: HTMLElement | null): (() => void) | undefined {
  if (!decision) return undefined;
  const grid = decision.closest<HTMLElement>(GRID);
  const update = () =>
    grid?.style.setProperty('--decision-space', `${decision.offsetHeight + MARGINS_PX}px`);
  update();
  const sizes = new ResizeObserver(update);
  sizes.observe(decision);
  return () => {
    sizes.disconnect();
    grid?.style.setProperty('--decision-space', '0px');
  };
}

/** The space that is reserved for a decision, in pixels. */
export function readSpacePx(place: HTMLElement): number {
  const grid = place.closest<HTMLElement>(GRID);
  return Number.parseFloat(grid?.style.getPropertyValue('--decision-space') ?? '') || 0;
}

/**
 * Lets the parts below a decision slide to their new place after it has grown by `grownPx`. Only parts move that stay
 * where they are and have moved content, because a browser counts other moves as layout shifts.
 */
export function slideBelow(place: HTMLElement, grownPx: number): void {
  if (grownPx === 0 || !matchMedia('(prefers-reduced-motion: no-preference)').matches) return;
  const column = place.parentElement;
  const isWide = column !== null && getComputedStyle(column).display !== 'contents';
  const moved = isWide
    ? [column]
    : (place.closest(GRID)?.querySelectorAll('.below-decision') ?? []);
  for (const part of moved)
    if (isWide || !hasScrolledRows(part))
      part.animate({ transform: [`translateY(${-grownPx}px)`, 'none'] }, SLIDE);
}

/** A thread that is longer than its region stays at its end, so its rows do not move. */
function hasScrolledRows(part: Element): boolean {
  const thread = part.querySelector('.thread');
  return thread !== null && thread.scrollHeight > thread.clientHeight;
}
