import { chromium, type ElementHandle, type Frame } from '@playwright/test';
import { findBrowser } from '@/tests/support/find-browser';
import { ELEMENT_KEY, keys, type Command, type Driver } from './driver';

type Input = Record<string, unknown>;

/** Starts Chromium through Playwright and executes WebDriver commands in its one page. */
export async function startChromium(): Promise<Driver> {
  const browser = await chromium.launch({ ...findBrowser(), args: ['--no-sandbox'] });
  const page = await browser.newPage({ locale: 'en-US' });
  const elements = new Map<string, ElementHandle>();
  let frame: Frame = page.mainFrame();

  function findElement(id: unknown): ElementHandle {
    const element = elements.get(String(id));
    if (!element) throw new Error(`No element has the id ${String(id)}`);
    return element;
  }

  async function runScript({ script, args }: Input): Promise<unknown> {
    const code = `(function () { ${String(script)} }).apply(null, ${JSON.stringify(args)})`;
    // A WebDriver server waits for a navigation that has begun; Playwright rejects instead.
    const result = await frame.evaluateHandle(code).catch(async (cause: unknown) => {
      if (!/context was destroyed/.test(String(cause))) throw cause;
      await page.waitForLoadState();
      return frame.evaluateHandle(code);
    });
    const element = result.asElement();
    if (!element) return result.jsonValue();
    const id = String(elements.size);
    elements.set(id, element);
    return { [ELEMENT_KEY]: id };
  }

  async function enterFrame({ id }: Input): Promise<void> {
    const element = id === null ? undefined : findElement(Object(id)[ELEMENT_KEY]);
    const inner = element ? await element.contentFrame() : page.mainFrame();
    if (!inner) throw new Error('The element is not a frame');
    frame = inner;
  }

  async function press({ actions }: Input): Promise<void> {
    const [{ value: code }] = Object(actions)[0].actions;
    const [name = ''] = Object.entries(keys).find(([, value]) => value === code) ?? [];
    await page.keyboard.press(name);
  }

  const execute: Record<Command, (input: Input) => Promise<unknown>> = {
    navigate: ({ url }) => page.goto(String(url)),
    back: () => page.goBack(),
    reload: () => page.reload(),
    runScript,
    click: ({ id }) => findElement(id).click(),
    press,
    enterFrame,
  };

  return {
    browser: `Chromium ${browser.version()}`,
    send: async (command, input = {}) => execute[command](input),
    close: () => browser.close(),
  };
}
