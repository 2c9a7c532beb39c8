// WebDriver, the W3C's, in as few commands as the journeys need. WebKit's driver hears them over HTTP;
// Firefox itself hears them over its Marionette socket, so that no driver has to be had for it.

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
  /** The browser and its version, as it names itself. */
  browser: string;
  send: (command: Command, input?: Record<string, unknown>) => Promise<unknown>;
  close: () => Promise<void>;
};

/** How a browser is started: as it comes, or with the most that it can block of what other sites store. */
export type Strictness = { blocksStorage: boolean };

/** How a WebDriver writes an element of the page. */
export const ELEMENT_KEY = 'element-6066-11e4-a52e-4f735466cecf';

export type ElementRef = { [ELEMENT_KEY]: string };

export function toError(command: string, { error, message }: { error?: string; message?: string }) {
  return new Error(`${command}: ${error}: ${message}`);
}
