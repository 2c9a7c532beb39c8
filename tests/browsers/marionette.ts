import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { commands, ELEMENT_KEY, toError, type Command, type ElementRef } from './driver';

// Firefox's Marionette protocol, which geckodriver uses too: `length:[type, id, name or error, data]`.

type Answer = [
  type: 1,
  id: number,
  error: { error: string; message: string } | null,
  data: unknown,
];

export async function connectToMarionette(port: number, hasEnded: () => boolean) {
  const socket = await untilConnected(port, hasEnded);
  const waiting = new Map<number, (answer: Answer) => void>();
  let bytes = Buffer.alloc(0);
  let lastId = 0;

  socket.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    for (let packet = takePacket(); packet !== undefined; packet = takePacket()) {
      const answer: Answer = JSON.parse(packet);
      // The first packet is a greeting, not an answer.
      if (Array.isArray(answer)) waiting.get(answer[1])?.(answer);
    }
  });

  function takePacket(): string | undefined {
    const colon = bytes.indexOf(':');
    const end = colon + 1 + Number(bytes.subarray(0, colon));
    if (colon < 0 || bytes.length < end) return undefined;
    const packet = bytes.toString('utf8', colon + 1, end);
    bytes = bytes.subarray(end);
    return packet;
  }

  async function call(name: string, input: Record<string, unknown>): Promise<unknown> {
    const id = ++lastId;
    const packet = JSON.stringify([0, id, name, input]);
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    socket.write(`${Buffer.byteLength(packet)}:${packet}`);
    const [, , error, data] = await answered;
    waiting.delete(id);
    if (error) throw toError(name, error);
    return data;
  }

  return {
    newSession: () => call('WebDriver:NewSession', {}),
    async send(command: Command, input: Record<string, unknown> = {}): Promise<unknown> {
      const data = await call(commands[command].marionette, toMarionette(command, input));
      return Object(data).value;
    },
    end: () => socket.destroy(),
  };
}

function toMarionette(command: Command, input: Record<string, unknown>) {
  if (command !== 'enterFrame' || !input['id']) return input;
  return { element: (input['id'] as ElementRef)[ELEMENT_KEY] };
}

async function untilConnected(port: number, hasEnded: () => boolean): Promise<Socket> {
  for (let tries = 0; tries < 600 && !hasEnded(); tries++) {
    const socket = connect(port, '127.0.0.1');
    const isUp = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    if (isUp) return socket;
    await wait(100);
  }
  throw new Error('Firefox did not start');
}
