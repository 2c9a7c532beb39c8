import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, untilReady } from '@/tests/support/local-server';

export type Running = { name: string; url: string; pid: number; close(): Promise<void> };

const has = (tool: string) => spawnSync('which', [tool]).status === 0;

/** All servers run on one core, so that the load generator has the others. */
const canPin = has('taskset') && cpus().length > 1;

async function run(
  name: string,
  command: string,
  commandArguments: readonly string[],
  env: Record<string, string>,
  port: number,
  readyPath: string,
): Promise<Running> {
  const [program, ...rest] = canPin
    ? ['taskset', '-c', '0', command, ...commandArguments]
    : [command, ...commandArguments];
  const server: ChildProcess = spawn(program ?? command, rest, {
    env: { ...process.env, NODE_ENV: 'production', ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  const kill = () => void server.kill('SIGKILL');
  process.once('exit', kill);
  await untilReady(`${url}${readyPath}`, () => server.exitCode !== null);
  return {
    name,
    url,
    pid: server.pid ?? 0,
    async close() {
      process.removeListener('exit', kill);
      const ended = once(server, 'exit');
      kill();
      await ended;
    },
  };
}

/** Baselines for the speed of a poll, each before a server that has the view. */
export async function startPeers(viewUrl: string): Promise<Running[]> {
  if (canPin) spawnSync('taskset', ['-pc', `1-${cpus().length - 1}`, String(process.pid)]);
  const env = { VIEW_URL: viewUrl };
  const peers: Running[] = [];
  for (const [name, file] of [
    ['bare node:http', 'bare.mjs'],
    ['Fastify', 'fastify.mjs'],
  ] as const)
    peers.push(
      await run(
        name,
        'node',
        [`bench/servers/${file}`],
        env,
        await findFreePort(),
        '/api/order/messages',
      ),
    );
  if (has('nginx')) {
    const port = await findFreePort();
    const folder = mkdtempSync(join(tmpdir(), 'order-status-nginx-'));
    const file = join(folder, 'nginx.conf');
    const settings = readFileSync('bench/servers/nginx.conf', 'utf8')
      .replaceAll('FOLDER', folder)
      .replaceAll('PORT', String(port))
      .replaceAll('VIEW_URL', viewUrl);
    writeFileSync(file, settings);
    peers.push(
      await run(
        'nginx, proxy_cache 1 s',
        'nginx',
        ['-c', file, '-e', join(folder, 'error.log')],
        {},
        port,
        '/api/order/messages',
      ),
    );
  }
  return peers;
}

/** Starts the product through both entry points. */
export async function startEntryPoints(env: Record<string, string>): Promise<[Running, Running]> {
  const next = 'node_modules/next/dist/bin/next';
  return [
    await run('npm start', 'node', ['.next/start.mjs'], env, await findFreePort(), '/readyz'),
    await run('Next alone', 'node', [next, 'start'], env, await findFreePort(), '/readyz'),
  ];
}
