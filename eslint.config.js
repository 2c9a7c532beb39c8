import next from '@next/eslint-plugin-next';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// Arrows point one way: app → components → lib/client → lib/order and app → lib/server → lib/order.
const rooms = {
  'lib/order': ['app', 'components', 'lib/client', 'lib/server', 'tests'],
  'lib/client': ['app', 'components', 'lib/server', 'tests'],
  'lib/server': ['app', 'components', 'lib/client', 'tests'],
  components: ['app', 'lib/server', 'tests'],
  app: ['tests'],
};
const upward = {
  regex: '^\\.\\./|^\\.\\.$|/\\.\\./',
  message: 'Use @/room/file across rooms and ./file within one.',
};
const pure = {
  regex: '^(react|react-dom|next|undici|@tanstack/.*|node:.*)(/.*)?$',
  message: 'lib/order is pure: no I/O and no React.',
};

const arrows = Object.entries(rooms).map(([room, closed]) => ({
  files: [`${room}/**/*.{ts,tsx}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          upward,
          {
            regex: `^@/(${closed.join('|')})/`,
            message: `${room} may not look into this room: see AGENTS.md.`,
          },
          ...(room === 'lib/order' ? [pure] : []),
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['.next/**', 'next-env.d.ts', 'test-results/**', 'playwright-report/**'] },
  ...tseslint.configs.strict,
  reactHooks.configs.flat['recommended-latest'],
  { plugins: { '@next/next': next }, rules: next.configs.recommended.rules },
  {
    rules: {
      'no-console': 'error',
      // Pictures come straight from their host: the optimizer is switched off in next.config.js.
      '@next/next/no-img-element': 'off',
      'no-restricted-imports': ['error', { patterns: [upward] }],
      'no-restricted-syntax': [
        'error',
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: 'Text is text: no raw HTML.',
        },
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'lib/server/env.ts is the only reader of the environment.',
        },
      ],
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
    },
  },
  ...arrows,
  {
    files: [
      'tests/**',
      'lib/server/env.ts',
      'lib/server/link-cli.ts',
      'instrumentation.ts',
      '*.config.*',
    ],
    rules: { 'no-console': 'off', 'no-restricted-syntax': 'off' },
  },
  {
    files: ['tests/**'],
    rules: { '@typescript-eslint/consistent-type-assertions': 'off' },
  },
);
