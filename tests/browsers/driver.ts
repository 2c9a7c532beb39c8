// The W3C WebDriver commands that the journeys need. WebKit's driver receives them over HTTP, Firefox over its
// Marionette socket, which needs no geckodriver; for Chromium they are translated for Playwright.

export const commands = {
  navigate: { path: 'url', marionette: 'WebDriver:Navigate' },
  back: { path: 'back', marionette: 'WebDriver:Back' },
  reload: { path: 'refresh', marionette: 'WebDriver:Refresh' },
  runScript: { path: 'execute/sync', marionette: 'WebDriver:ExecuteScript' },
  click: { path: 'element/{id}/click', marionette: 'WebDriver:ElementClick' },
  press: { path: 'actions', marionette: 'WebDriver:PerformActions' },
  enterFrame: { path: 'frame', marionette: 'WebDriver:SwitchToFrame' },
} as const;

export type Command = keyof typeof commands;

export type Driver = {
  /** The browser's name and version. */
  browser: string;
  send: (command: Command, input?: Record<string, unknown>) => Promise<unknown>;
  close: () => Promise<void>;
};

/** Whether the browser starts with its defaults, or blocks all storage of other sites that it can block. */
export type Strictness = { blocksStorage: boolean };

/** The property that holds the id of an element in WebDriver's JSON. */
export const ELEMENT_KEY = 'element-6066-11e4-a52e-4f735466cecf';

export type ElementRef = { [ELEMENT_KEY]: string };

/** WebDriver's code points for keys without a character. */
export const keys = { Tab: '\uE004', Enter: '\uE007', Escape: '\uE00C', Home: '\uE011' };

export type Key = keyof typeof keys;

export function toError(command: string, { error, message }: { error?: string; message?: string }) {
  return new Error(`${command}: ${error}: ${message}`);
}
