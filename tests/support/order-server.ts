import { setTimeout as sleep } from 'node:timers/promises';
import { parseEnv } from '@/lib/server/config/env';
import { createServices } from '@/lib/server/services';
import { createFrozenClock, type SimulatorClock } from '@/tests/simulator/clock';
import { startSimulator } from '@/tests/simulator/simulator';
import { mintTestToken, testLinkKeys, type LinkClaims } from './test-link';

/** Shortens waits of a server in tests that do not test the waits. */
export const shortenedWait = (delayMs: number) => sleep(delayMs / 20);

/** Starts the server's services with a simulator. Both use one clock, which only tests move by default. */
export async function startOrderServer(
  overrides: Record<string, string | undefined> = {},
  wait: (delayMs: number) => Promise<unknown> = sleep,
  clock: SimulatorClock = createFrozenClock(),
) {
  const simulator = await startSimulator({ clock });
  const now = () => clock.nowMs();
  const env = parseEnv({
    LINK_KEYS: testLinkKeys,
    CONNECT_CLIENT_ID: 'demo-client',
    CONNECT_CLIENT_SECRET: 'demo-secret',
    CONNECT_BASE_URL: simulator.url,
    IMAGE_HOSTS: new URL(simulator.url).host,
    ...overrides,
  });
  const logLines: string[] = [];
  const scheduledTasks: { intervalMs: number; task: () => void }[] = [];
  const services = createServices(env, {
    now,
    random: () => 0.5,
    wait,
    writeLog: (line) => logLines.push(line),
    schedule: (intervalMs, task) => {
      scheduledTasks.push({ intervalMs, task });
      return () => undefined;
    },
  });

  function mint(orderId: string, claims: LinkClaims = {}): Promise<string> {
    return mintTestToken({ oid: orderId, ...claims }, { nowMs: now() });
  }

  async function request(token: string | undefined, headers: Record<string, string> = {}) {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return services.getOrderMessages(
      new Request('http://localhost/api/order/messages', {
        headers: { ...authorization, ...headers },
      }),
    );
  }

  /** Requests an order of the demo customer with a valid link. */
  async function open(orderId: string, headers?: Record<string, string>) {
    return request(await mint(orderId), headers);
  }

  /** Posts `input` as JSON as the page does; a string is sent unchanged. */
  async function post(
    token: string | undefined,
    input: unknown,
    headers: Record<string, string> = {},
  ) {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return services.sendMessage(
      new Request('http://localhost/api/order/messages', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...authorization, ...headers },
        body: typeof input === 'string' ? input : JSON.stringify(input),
      }),
    );
  }

  type Route = 'markRead' | 'decideReplacement' | 'arrive' | 'setVehicle';
  const paths = {
    markRead: 'read',
    decideReplacement: 'replacements',
    arrive: 'arrival',
    setVehicle: 'vehicle',
  };

  /** Requests a route that changes an order, with `input` as JSON; a string is sent unchanged. */
  async function change(
    route: Route,
    token: string | undefined,
    input: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return services[route](
      new Request(`http://localhost/api/order/${paths[route]}`, {
        method: route === 'setVehicle' ? 'PUT' : 'POST',
        headers: { 'content-type': 'application/json', ...authorization, ...headers },
        body: typeof input === 'string' ? input : JSON.stringify(input),
      }),
    );
  }

  const markRead = (
    token: string | undefined,
    input: unknown = {},
    headers?: Record<string, string>,
  ) => change('markRead', token, input, headers);

  /** Runs each scheduled task once. */
  function tick(): void {
    for (const { task } of scheduledTasks) task();
  }

  /** Moves the clock and runs the tasks scheduled in that time. */
  function pass(ms: number): void {
    clock.advance(ms);
    for (const { intervalMs, task } of scheduledTasks)
      for (let doneMs = intervalMs; doneMs <= ms; doneMs += intervalMs) task();
  }

  async function close(): Promise<void> {
    services.close();
    await simulator.close();
  }

  return {
    clock,
    simulator,
    env,
    services,
    logLines,
    mint,
    request,
    post,
    markRead,
    change,
    open,
    tick,
    pass,
    close,
  };
}
