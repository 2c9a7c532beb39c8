import { connect } from 'node:net';
import { finished } from 'node:stream/promises';

export type RawAnswer = { status: number; headers: Record<string, string>; text: string };

/** Sends raw bytes and reads until the server closes the connection. */
export async function rawRequest(port: number, bytes: string): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  socket.on('error', () => undefined);
  socket.write(bytes);
  await finished(socket, { writable: false }).catch(() => undefined);
  socket.destroy();
  const [head = ''] = text.split('\r\n\r\n', 1);
  const [statusLine = '', ...fields] = head.split('\r\n');
  const headers = Object.fromEntries(
    fields.map((field) => {
      const [name = '', value = ''] = field.split(/:\s*(.*)/s);
      return [name.toLowerCase(), value];
    }),
  );
  return { status: Number(statusLine.split(' ')[1]), headers, text };
}
