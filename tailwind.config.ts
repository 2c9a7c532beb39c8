import type { Config } from 'tailwindcss';
import { SURFACE_COLORS } from './lib/server/pages/surface-colors.js';

// Colour names say the purpose. app/globals.css sets their values, once per theme.
export default {
  content: ['./app/**/*.tsx', './components/**/*.tsx'],
  theme: {
    extend: {
      surfaces: SURFACE_COLORS,
      colors: {
        page: 'var(--page)',
        card: 'var(--card)',
        bubble: 'var(--bubble)',
        ink: 'var(--ink)',
        quiet: 'var(--quiet)',
        line: 'var(--line)',
        brand: { DEFAULT: 'var(--brand)', on: 'var(--on-brand)', text: 'var(--brand-text)' },
        caution: { DEFAULT: 'var(--caution)', ink: 'var(--caution-ink)' },
      },
      fontFamily: {
        sans: ['system-ui', '-apple-system', 'Segoe UI', 'Roboto', 'sans-serif'],
      },
    },
  },
} satisfies Config;
