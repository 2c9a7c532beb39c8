import { randomUUID } from 'node:crypto';
import type { Script } from '@/tests/simulator/order-script';
import { shortenedWait, startOrderServer } from './order-server';

export const withShopper: Script = {
  ageMs: 1,
  steps: [{ kind: 'shopper', shopper: 'zelma', atMs: 0 }],
};

/** Starts an order server with short waits, without limits and order details, and mints a link to an open chat. */
export async function startSendingServer(
  overrides: Record<string, string> = {},
  wait: (delayMs: number) => Promise<unknown> = shortenedWait,
) {
  const server = await startOrderServer(
    { LIMITS: 'off', ORDER_DETAILS: 'off', ...overrides },
    wait,
  );
  const { control } = server.simulator;
  const token = await server.mint('shopping');
  return {
    ...server,
    control,
    token,
    send: (body: unknown, clientMessageId: unknown = randomUUID()) =>
      server.post(token, { clientMessageId, body }),
    posts: () => control.calls({ route: 'send' }).length,
    async lastMessage() {
      return (await (await server.open('shopping')).json()).chat.messages.at(-1);
    },
  };
}

export async function codeOf(response: Response): Promise<[number, string]> {
  return [response.status, (await response.json()).error.code];
}

export type SendingServer = Awaited<ReturnType<typeof startSendingServer>>;
