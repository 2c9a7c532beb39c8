import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { tailwind } from './tailwind';

/** `files` by name, each compressed with the highest gzip level. */
export type Subject = { name: string; version: string; files: ReadonlyMap<string, Buffer> };

// The newest installable releases: @assistant-ui/react 0.15.22 needs a store that is not available, and so do
// newer releases of its core than the overrides in bench/package.json pin for 0.15.21.
const PEERS = {
  'stream-chat-react': 'stream.tsx',
  '@chatscope/chat-ui-kit-react': 'chatscope.tsx',
  '@assistant-ui/react': 'assistant.tsx',
};
// The result of lib/server/pages/brand-colors.ts without a colour.
const BRAND = ':root{--brand:#24564a;--on-brand:#fff;--brand-on-light:#24564a}';
const BUILT = '.next/static';

export async function buildSubjects(): Promise<Subject[]> {
  const ours = await bundle('ours.tsx');
  return [
    {
      name: 'ours',
      version: readVersion('.'),
      files: compress([...ours, ['page.css', readCss()]]),
    },
    ...(await Promise.all(
      Object.entries(PEERS).map(async ([name, source]) => ({
        name,
        version: readVersion(`bench/node_modules/${name}`),
        files: compress(await bundle(source)),
      })),
    )),
  ];
}

/** Bundles with the product's React for every importer. Dynamic imports become separate files. */
export async function bundle(source: string): Promise<[string, Uint8Array][]> {
  const { outputFiles, metafile } = await build({
    entryPoints: { page: `bench/threads/${source}` },
    outdir: 'out',
    write: false,
    metafile: true,
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    define: { 'process.env.NODE_ENV': '"production"' },
    alias: { react: resolve('node_modules/react'), 'react-dom': resolve('node_modules/react-dom') },
    loader: { '.woff2': 'file' },
    plugins: [tailwind],
    logLevel: 'error',
  });
  const other = Object.keys(metafile.inputs).find((path) =>
    /bench\/.*node_modules\/(react|react-dom|scheduler)\//.test(path),
  );
  if (other) throw new Error(`${source} has a React of its own: ${other}`);
  return outputFiles.map(({ path, contents }) => [basename(path), contents]);
}

/** The style sheet that `next build` created from app/globals.css. */
function readCss(): Buffer {
  const sheets = readdirSync(BUILT, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.css'))
    .map((path) => readFileSync(join(BUILT, path)));
  if (sheets.length === 0) throw new Error('Run next build first');
  return Buffer.concat([Buffer.from(BRAND), ...sheets]);
}

function compress(files: [string, Uint8Array][]): Subject['files'] {
  return new Map(files.map(([name, content]) => [name, gzipSync(content, { level: 9 })]));
}

function readVersion(folder: string): string {
  const { version }: { version: string } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  return version;
}
