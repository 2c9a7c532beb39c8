import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';

type Rewrites = {
  /** Headers that the proxy removes from answers. */
  dropped?: readonly string[];
  /** Changes HTML as a CDN does. */
  rewriteHtml?: (html: string) => string;
};

/** Starts a proxy before a site that changes its answers. */
export async function startRewritingProxy(
  siteUrl: string,
  { dropped = [], rewriteHtml }: Rewrites,
) {
  const lost = rewriteHtml ? [...dropped, 'content-length'] : dropped;
  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    // HTML can be rewritten only if the server does not compress it.
    if (rewriteHtml) delete headers['accept-encoding'];
    const request = httpRequest(
      siteUrl,
      { agent: false, method, path, headers },
      async (answer) => {
        const kept = Object.entries(answer.headers).filter(([name]) => !lost.includes(name));
        outgoing.writeHead(answer.statusCode ?? 502, Object.fromEntries(kept));
        const isHtml = answer.headers['content-type']?.startsWith('text/html');
        if (rewriteHtml && isHtml) outgoing.end(rewriteHtml(await text(answer)));
        else answer.pipe(outgoing);
      },
    );
    request.on('error', () => outgoing.destroy());
    incoming.pipe(request);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
