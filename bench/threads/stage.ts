import { makeMessage, type BenchMessage } from './messages';

declare global {
  var appendNext: (index: number) => void;
}

/** Shows `?count=` messages. `mount` returns the function that gives its subject one more message. */
export function stage(
  mount: (box: HTMLElement, messages: BenchMessage[]) => (message: BenchMessage) => void,
) {
  const box = document.getElementById('box');
  if (!box) throw new Error('There is no box');
  const count = Number(new URLSearchParams(location.search).get('count'));
  const firstAtMs = Date.now() - count * 60_000;
  const messages = Array.from({ length: count }, (_, index) => makeMessage(index, firstAtMs));
  const append = mount(box, messages);
  globalThis.appendNext = (index) => append(makeMessage(index, firstAtMs));
}
