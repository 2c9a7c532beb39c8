import type { HostEvents } from './host-events';

// The page's side of the messages to and from embed.js. Each message has a version. Origin and source are
// checked, and the page posts nothing before it has a message from an allowed origin.

const VERSION = 1;
const THEMES = ['auto', 'light', 'dark'];
const HEIGHTS = ['auto', 'fixed'];

type Settings = { theme: string; locale: string; height: string };

export type EmbedHost = ReturnType<typeof createEmbedHost>;

/** `allowedOrigins` is the setting EMBED_ORIGINS. */
export function createEmbedHost(allowedOrigins: readonly string[]) {
  const posted = new Map<string, string>();
  let hostOrigin: string | undefined;
  let current: Partial<HostEvents> = {};

  function onMessage({ source, origin, data }: MessageEvent): void {
    if (parent === self || source !== parent || !allowedOrigins.includes(origin)) return;
    const settings = toSettings(data);
    if (!settings) return;
    hostOrigin = origin;
    // A host that changes to the height mode `auto` needs the height again, even if it is the same.
    if (document.documentElement.dataset['height'] !== settings.height) posted.delete('height');
    globalThis.applyHostSettings?.(Object(data));
    dispatchEvent(new Event('languagechange'));
    // embed.js reports an error if the frame does not respond, and most settings cause no other message.
    parent.postMessage({ v: VERSION, type: 'order-status:answer' }, origin);
    postChanges();
  }

  function postChanges(): void {
    if (hostOrigin === undefined) return;
    for (const [name, detail] of Object.entries(current)) {
      const message = JSON.stringify(detail);
      if (posted.get(name) === message) continue;
      posted.set(name, message);
      parent.postMessage({ v: VERSION, type: `order-status:${name}`, ...detail }, hostOrigin);
    }
  }

  return {
    /** `events`: all events of the current state, except the height. An event that ends and returns is posted again. */
    post(events: Omit<Partial<HostEvents>, 'height'>): void {
      const { height } = current;
      current = { ...events, ...(height && { height }) };
      for (const name of posted.keys()) if (!Object.hasOwn(current, name)) posted.delete(name);
      postChanges();
    },

    postHeight(height: number): void {
      current = { ...current, height: { height } };
      postChanges();
    },

    /** Handles the messages that arrived early and all later ones. Returns a function that stops it. */
    listen(): () => void {
      addEventListener('message', onMessage);
      globalThis.earlyHostMessages?.forEach(onMessage);
      globalThis.earlyHostMessages = undefined;
      return () => removeEventListener('message', onMessage);
    },
  };
}

/** The settings in a message of embed.js; undefined for any other message. embed-script.ts reads those of the look. */
export function toSettings(data: unknown): Settings | undefined {
  const { v, type, theme, locale, height } = Object(data);
  if (v !== VERSION || type !== 'order-status:settings' || typeof locale !== 'string') return;
  if (!THEMES.includes(theme) || !HEIGHTS.includes(height)) return;
  return { theme, locale, height };
}
