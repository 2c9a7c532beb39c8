import { setTimeout as wait } from 'node:timers/promises';
import { ELEMENT_KEY, type Driver, type ElementRef } from './driver';

export type Tab = ReturnType<typeof createTab>;

const KEYS = { Tab: '\uE004', Enter: '\uE007', Escape: '\uE00C', Home: '\uE011' };

/** What a reader does and sees in the one window. After `enter` it is the frame that is read. */
export function createTab({ send }: Driver) {
  /** Runs within the page, so it knows nothing of the file that it stands in. */
  async function run<In extends unknown[], Out>(script: (...input: In) => Out, ...input: In) {
    const code = `return (${script})(...arguments)`;
    return (await send('runScript', { script: code, args: input })) as Out;
  }

  /** The last one on show of this name, as a reader at the thread's end would take it. */
  async function find(name: string): Promise<string> {
    for (let tries = 0; tries < 200; tries++) {
      const found: unknown = await run((wanted) => {
        const all = [...document.querySelectorAll('a, button, [role="region"]')];
        return all.findLast(
          (each) =>
            (each.getAttribute('aria-label') ?? each.textContent).includes(wanted) &&
            each.checkVisibility(),
        );
      }, name);
      if (found) return (found as ElementRef)[ELEMENT_KEY];
      await wait(100);
    }
    throw new Error(`nothing here is called ${name}`);
  }

  return {
    run,
    open: (url: string) => send('navigate', { url }),
    reload: () => send('reload'),
    back: () => send('back'),

    /** All that can be read. */
    text: () => run(() => document.body?.innerText ?? ''),

    async click(name: string): Promise<void> {
      await send('click', { id: await find(name) });
    },

    async press(key: keyof typeof KEYS): Promise<void> {
      const actions = (['keyDown', 'keyUp'] as const).map((type) => ({ type, value: KEYS[key] }));
      await send('press', { actions: [{ type: 'key', id: 'keyboard', actions }] });
    },

    /** Into an element's frame, or into a plain one. */
    async enter(selector = 'order-status'): Promise<void> {
      for (let tries = 0; tries < 200; tries++) {
        const frame: unknown = await run((wanted) => {
          const element = document.querySelector(wanted);
          return element?.localName === 'iframe'
            ? element
            : element?.shadowRoot?.querySelector('iframe');
        }, selector);
        if (frame) return void (await send('enterFrame', { id: frame }));
        await wait(100);
      }
      throw new Error(`no frame in ${selector}`);
    },

    /** Back to the page around all frames. */
    leave: () => send('enterFrame', { id: null }),
  };
}
