import next from '@next/eslint-plugin-next';
import compat from 'eslint-plugin-compat';
import esX from 'eslint-plugin-es-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { loneText } from './eslint.lone-text.js';

const upward = {
  regex: '(^|/)\\.\\.(/|$)',
  message: 'Import by @/folder/file, or by ./file within a folder.',
};
const tests = { regex: '^@/tests(/|$)', message: 'Only tests import from tests.' };
const optimizer = {
  regex: '^next/(legacy/)?image$',
  message: 'Browsers load pictures from their host: the optimizer is off.',
};
const environment = {
  regex: '^(node:)?process$',
  message: 'lib/server/config/env.ts is the only reader of the environment.',
};

function forbid(...patterns) {
  return { 'no-restricted-imports': ['error', { patterns }] };
}

const rawHtml = {
  selector: [
    "JSXAttribute[name.name='dangerouslySetInnerHTML']",
    "Property[key.name='dangerouslySetInnerHTML']",
    "Property[key.value='dangerouslySetInnerHTML']",
    'AssignmentExpression[left.property.name=/^(innerHTML|outerHTML|srcdoc)$/]',
    'CallExpression[callee.property.name=/^(insertAdjacentHTML|setHTMLUnsafe|createContextualFragment)$/]',
    "CallExpression[callee.object.name='document'][callee.property.name=/^write(ln)?$/]",
  ].join(', '),
  message: 'Text is text: no raw HTML.',
};
const serverAction = {
  selector: "ExpressionStatement[directive='use server']",
  message: 'The API is all that a client can call: no Server Actions.',
};
const looseTls = {
  selector:
    "Property[key.name='rejectUnauthorized'], Identifier[name='NODE_TLS_REJECT_UNAUTHORIZED']",
  message: 'Certificates are always checked.',
};
const lateImport = {
  selector: 'ImportExpression',
  message: 'Import statically, so that the arrows between folders can be checked.',
};
const barrel = { selector: 'ExportAllDeclaration', message: 'No barrels.' };
const ownClock = {
  selector:
    "CallExpression[callee.object.name=/^(Date|Math)$/][callee.property.name=/^(now|random)$/], NewExpression[callee.name='Date'][arguments.length=0]",
  message: 'Take clocks and randomness as parameters.',
};
const unguarded = {
  selector: "Program:not(:has(ImportDeclaration[source.value='server-only']))",
  message: "Begin with import 'server-only'.",
};

function forbidSyntax(...selectors) {
  return { 'no-restricted-syntax': ['error', ...selectors] };
}

const restrictedProperties = [
  { object: 'process', property: 'env' },
  {
    object: 'AbortSignal',
    property: 'any',
    message:
      'On Node 20 its time-outs can be garbage-collected: use lib/server/connect/timeout.ts.',
  },
];

// Code for browsers runs in every browser that Next.js supports (node_modules/next/dist/docs: supported-browsers.md).
// compat checks web interfaces, es-x the language; findLast is ES2023, and all of these browsers have it.
const browserFiles = [
  'app/**/*.tsx',
  'components/**',
  'lib/order/**',
  'lib/client/**',
  'public/embed.js',
  'instrumentation-client.ts',
];
const supported = [
  {
    ...compat.configs['flat/recommended'],
    files: browserFiles,
    settings: {
      browsers: ['chrome 111', 'edge 111', 'firefox 111', 'safari 16.4'],
      // Feature-detected where it is used; and in Safari for longer than the data say.
      polyfills: ['trustedTypes', 'navigator.cookieEnabled'],
    },
  },
  { ...esX.configs['flat/restrict-to-es2022'], files: browserFiles },
  { ...esX.configs['flat/restrict-to-es2022-intl-api'], files: browserFiles },
  {
    files: browserFiles,
    rules: {
      'es-x/no-array-prototype-findlast-findlastindex': 'off',
      'es-x/no-intl-segmenter': 'error',
      'no-restricted-properties': [
        'error',
        ...restrictedProperties,
        ...['canParse', 'parse'].map((property) => ({
          object: 'URL',
          property,
          message: 'Newer than the browsers we support: use lib/order/parse-url.ts.',
        })),
      ],
    },
  },
  // Without types, methods are known by name alone.
  { files: ['public/embed.js'], settings: { 'es-x': { aggressive: true } } },
];

export default tseslint.config(
  {
    ignores: [
      'bench/**',
      '**/.next/**',
      'next-env.d.ts',
      'test-results/**',
      'playwright-report/**',
      'gallery/**',
    ],
  },
  ...tseslint.configs.strict,
  reactHooks.configs.flat['recommended-latest'],
  { plugins: { '@next/next': next }, rules: next.configs.recommended.rules },
  {
    rules: {
      'no-console': 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      'max-lines': ['error', 250],
      // Pictures come straight from their host: the optimizer is switched off in next.config.js.
      '@next/next/no-img-element': 'off',
      'no-restricted-properties': ['error', ...restrictedProperties],
      ...forbid(upward, tests, environment, optimizer),
      ...forbidSyntax(rawHtml, serverAction, looseTls, lateImport, barrel),
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
    },
  },
  {
    files: ['{app,components}/**/*.tsx'],
    plugins: { text: { rules: { lone: loneText } } },
    rules: { 'text/lone': 'error' },
  },
  ...supported,
  {
    files: ['lib/order/**'],
    rules: {
      ...forbid({
        regex: '^(?!\\./|@/lib/order/|date-fns$)',
        message: 'lib/order is pure: it imports date-fns and itself.',
      }),
      'no-restricted-globals': ['error', 'fetch', 'window', 'document', 'navigator'],
      ...forbidSyntax(rawHtml, serverAction, looseTls, lateImport, barrel, ownClock),
    },
  },
  {
    files: ['lib/server/**/*.ts'],
    rules: {
      ...forbidSyntax(rawHtml, serverAction, looseTls, lateImport, barrel, unguarded),
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'Next patches it and may cache: use undici.' },
      ],
    },
  },
  {
    files: ['lib/server/config/env.ts', 'instrumentation.ts', 'tests/**', '*.config.*'],
    rules: { 'no-restricted-properties': 'off' },
  },
  { files: ['instrumentation.ts'], rules: forbidSyntax(rawHtml, barrel) },
  {
    // Types of others are added to by merging, which only an interface can.
    files: ['public/embed*.d.ts'],
    rules: {
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-empty-object-type': 'off',
    },
  },
  // The console of the host's page is where its engineers look for a mistaken attribute.
  { files: ['public/embed.js'], rules: { 'no-console': ['error', { allow: ['warn'] }] } },
  { files: ['lib/server/links/link-cli.ts', 'tests/**'], rules: { 'no-console': 'off' } },
  // A catalogue is read as one list.
  { files: ['lib/order/copy/*/*.ts'], rules: { 'max-lines': ['error', 300] } },
  {
    files: ['tests/**'],
    rules: {
      ...forbid(upward),
      ...forbidSyntax(barrel),
      // Tests of attacks need these functions.
      'no-eval': 'off',
      'no-new-func': 'off',
      '@typescript-eslint/consistent-type-assertions': 'off',
    },
  },
);
