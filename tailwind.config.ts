import type { Config } from 'tailwindcss';
import { SURFACE_COLORS } from './lib/server/pages/surface-colors.js';

// Colour names say the purpose. app/styles/palette.css sets their values, once per theme.
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
        brand: {
          DEFAULT: 'var(--brand)',
          on: 'var(--on-brand)',
          text: 'var(--brand-text)',
          edge: 'var(--brand-edge)',
          hover: 'var(--brand-hover)',
          pressed: 'var(--brand-pressed)',
        },
        caution: { DEFAULT: 'var(--caution)', ink: 'var(--caution-ink)' },
      },
      // A host page may set --font and --radius.
      borderRadius: {
        box: 'var(--radius, 1rem)',
        bubble: 'var(--radius, 1.125rem)',
        tail: 'min(0.3125rem, var(--radius, 1rem))',
        field: 'var(--radius, 0.75rem)',
        tile: 'min(0.5rem, var(--radius, 1rem))',
        action: 'var(--radius, 99rem)',
      },
      fontFamily: {
        sans: [
          'var(--font, system-ui)',
          'system-ui',
          '-apple-system',
          'Segoe UI',
          'Roboto',
          'sans-serif',
        ],
      },
    },
  },
} satisfies Config;
