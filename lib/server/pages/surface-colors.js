// Plain JavaScript, because tailwind.config.ts reads it too and passes the values to app/globals.css.

/** Backgrounds of the page and of its cards, per theme. Text in the brand colour must be readable on them. */
export const SURFACE_COLORS = {
  light: { page: '#f7f7f4', card: '#ffffff' },
  dark: { page: '#111311', card: '#1a1c1a' },
};
