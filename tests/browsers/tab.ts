import { setTimeout as wait } from 'node:timers/promises';
import { ELEMENT_KEY, keys, type Driver, type ElementRef, type Key } from './driver';

export type Tab = ReturnType<typeof createTab>;

/** A reader's actions in the one window. After `enter` they apply to the frame that was entered. */
export function createTab({ send }: Driver) {
  /** Runs a function in the page. The function cannot use variables of the file that contains it. */
  async function run<In extends unknown[], Out>(script: (...input: In) => Out, ...input: In) {
    const code = `return (${script})(...arguments)`;
    return (await send('runScript', { script: code, args: input })) as Out;
  }

  /** Waits for an element and returns its id: the last visible link, button or region with this name. */
  async function find(name: string): Promise<string> {
    for (let tries = 0; tries < 200; tries++) {
      const found: unknown = await run((target) => {
        const all = [...document.querySelectorAll('a, button, [role="region"]')];
        return all.findLast(
          (each) =>
            (each.getAttribute('aria-label') ?? each.textContent).includes(target) &&
            each.checkVisibility(),
        );
      }, name);
      if (found) return (found as ElementRef)[ELEMENT_KEY];
      await wait(100);
    }
    throw new Error(`No visible element is named ${name}`);
  }

  return {
    run,
    open: (url: string) => send('navigate', { url }),
    reload: () => send('reload'),
    back: () => send('back'),

    /** The visible text. */
    text: () => run(() => document.body?.innerText ?? ''),

    async click(name: string): Promise<void> {
      await send('click', { id: await find(name) });
    },

    async press(key: Key): Promise<void> {
      const actions = (['keyDown', 'keyUp'] as const).map((type) => ({ type, value: keys[key] }));
      await send('press', { actions: [{ type: 'key', id: 'keyboard', actions }] });
    },

    /** Waits for the frame of an element, or for a plain iframe, and enters it. */
    async enter(selector = 'order-status'): Promise<void> {
      for (let tries = 0; tries < 200; tries++) {
        const frame: unknown = await run((target) => {
          const element = document.querySelector(target);
          return element?.localName === 'iframe'
            ? element
            : element?.shadowRoot?.querySelector('iframe');
        }, selector);
        if (frame) return void (await send('enterFrame', { id: frame }));
        await wait(100);
      }
      throw new Error(`${selector} contains no frame`);
    },

    /** Returns to the top-level page. */
    leave: () => send('enterFrame', { id: null }),
  };
}
