// Plain JavaScript, because tailwind.config.ts reads it too and passes the values to app/styles/palette.css.

/** Backgrounds of the page, its cards and its bubbles, per theme. Text in the brand colour must be readable on them. */
export const SURFACE_COLORS = {
  light: { page: '#f7f7f4', card: '#ffffff', bubble: '#eeeeea' },
  dark: { page: '#111311', card: '#1a1c1a', bubble: '#2a2d2a' },
};
