import type { HostEvents } from './host-events';

// The page's side of the talk with embed.js. Versioned; origin and source are checked on every message,
// and nothing is said before an origin that may frame the page has spoken.

const VERSION = 1;
const THEMES = ['auto', 'light', 'dark'];
const HEIGHTS = ['auto', 'fixed'];

type Settings = { theme: string; locale: string; height: string };

export type EmbedHost = ReturnType<typeof createEmbedHost>;

/** `allowedOrigins` as in EMBED_ORIGINS. */
export function createEmbedHost(allowedOrigins: readonly string[]) {
  const told = new Map<string, string>();
  let hostOrigin: string | undefined;
  let known: Partial<HostEvents> = {};

  function hear({ source, origin, data }: MessageEvent): void {
    if (parent === self || source !== parent || !allowedOrigins.includes(origin)) return;
    const settings = toSettings(data);
    if (!settings) return;
    hostOrigin = origin;
    // To a host that follows again even the same height is news.
    if (document.documentElement.dataset['height'] !== settings.height) told.delete('height');
    apply(settings);
    // embed.js reports an error for a frame that does not answer, and most settings change no state.
    parent.postMessage({ v: VERSION, type: 'order-status:answer' }, origin);
    tellAll();
  }

  function tellAll(): void {
    if (hostOrigin === undefined) return;
    for (const [name, detail] of Object.entries(known)) {
      const message = JSON.stringify(detail);
      if (told.get(name) === message) continue;
      told.set(name, message);
      parent.postMessage({ v: VERSION, type: `order-status:${name}`, ...detail }, hostOrigin);
    }
  }

  return {
    /** All that holds now, but for the height. What no longer holds is told again when it comes back. */
    tell(news: Omit<Partial<HostEvents>, 'height'>): void {
      const { height } = known;
      known = { ...news, ...(height && { height }) };
      for (const name of told.keys()) if (!Object.hasOwn(known, name)) told.delete(name);
      tellAll();
    },

    postHeight(height: number): void {
      known = { ...known, height: { height } };
      tellAll();
    },

    /** Begins to listen, with what came before; returns what ends it. */
    listen(): () => void {
      addEventListener('message', hear);
      globalThis.earlyHostMessages?.forEach(hear);
      globalThis.earlyHostMessages = undefined;
      return () => removeEventListener('message', hear);
    },
  };
}

/** What embed.js asks for; undefined for any other message. */
export function toSettings(data: unknown): Settings | undefined {
  const { v, type, theme, locale, height } = Object(data);
  if (v !== VERSION || type !== 'order-status:settings' || typeof locale !== 'string') return;
  if (!THEMES.includes(theme) || !HEIGHTS.includes(height)) return;
  return { theme, locale, height };
}

function apply(settings: Settings): void {
  Object.assign(document.documentElement.dataset, settings);
  dispatchEvent(new Event('languagechange'));
}
