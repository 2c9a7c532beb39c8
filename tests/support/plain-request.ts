import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';

export type PlainAnswer = { status: number; headers: IncomingHttpHeaders; body: string };

/** Sends a request with any method, path and headers, and adds no headers of a browser. */
export function plainRequest(
  url: string,
  headers: Record<string, string> = {},
  method = 'GET',
  target?: { path?: string; body?: string },
): Promise<PlainAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      url,
      { method, headers, agent: false, ...(target?.path !== undefined && { path: target.path }) },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    outgoing.on('error', reject).end(target?.body);
  });
}
