// The arrows between folders, as docs/architecture.md draws them. `npm run lint` checks them.

/** Folders of lib/server, each with the folders of lib/server that it may import. */
const serverArrows = {
  config: [],
  observability: ['config'],
  redis: ['observability', 'config'],
  connect: ['redis', 'observability', 'config'],
  pages: ['config'],
  limits: ['redis', 'observability', 'config'],
  links: ['redis', 'config'],
  orders: ['connect', 'config'],
  sending: ['connect', 'redis', 'observability', 'config'],
  api: ['orders', 'sending', 'limits', 'links', 'observability', 'config'],
};

const fromServerFolders = Object.entries(serverArrows).map(([folder, targets]) => ({
  name: `lib/server/${folder}`,
  severity: 'error',
  from: { path: `^lib/server/${folder}/` },
  to: { path: '^lib/server/', pathNot: `^lib/server/(${[folder, ...targets].join('|')})/` },
}));

/** Top-level folders, each with the folders of the project that it may import. */
const arrows = {
  'lib/order': [],
  'lib/client': ['lib/order'],
  'lib/server': ['lib/order'],
  components: ['lib/client', 'lib/order'],
  app: ['components', 'lib'],
};

const fromFolders = Object.entries(arrows).map(([folder, targets]) => ({
  name: folder,
  severity: 'error',
  from: { path: `^${folder}/` },
  to: {
    path: '^(app|components|lib|tests|bench|proxy|instrumentation)',
    pathNot: `^(${[folder, ...targets].join('|')})/`,
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    // Type-only imports count as well.
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-two-way-folders',
      severity: 'error',
      scope: 'folder',
      from: { path: '^(app|components|lib)' },
      to: { circular: true },
    },
    {
      name: 'no-two-way-folders',
      severity: 'error',
      scope: 'folder',
      from: { path: '^(app|components|lib)' },
      to: { circular: true },
    },
    {
      name: 'server-wiring',
      severity: 'error',
      comment: 'Only lib/server/web, app and proxy.ts may import the wiring.',
      from: { path: '^lib/server/[^/]+/', pathNot: '^lib/server/web/' },
      to: { path: '^lib/server/(process-services|services|telemetry)' },
    },
    ...fromServerFolders,
    ...fromFolders,
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['node_modules', '\\.next/'] },
  },
};
