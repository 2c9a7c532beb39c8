import type { Config } from 'tailwindcss';

// Colours are roles, and their values stand in app/globals.css once per theme.
export default {
  content: ['./app/**/*.tsx', './components/**/*.tsx'],
  theme: {
    extend: {
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
