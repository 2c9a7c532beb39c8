import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';

export type PlainAnswer = { status: number; headers: IncomingHttpHeaders; body: string };

/** Without a browser's manners: any method, path and header goes, and nothing is added. */
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
