import { createEvent, fireEvent } from '@/tests/support/render';

/** Presses a button this long after now: shortly after its appearance a press is ignored. */
export function press(button: HTMLElement, afterMs = 1_000): void {
  const click = createEvent.click(button);
  Object.defineProperty(click, 'timeStamp', { value: performance.now() + afterMs });
  fireEvent(button, click);
}
