import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';

// An example of a retailer's shop on another site: an account page that contains the order, a strict
// Content-Security-Policy, and a back end that mints the customer's links.

type Options = {
  /** PUBLIC_URL of the order pages; `apiKey` is their LINKS_API_KEY. */
  ordersUrl: string;
  apiKey: string;
  orderId: string;
  userId: string;
  port?: number;
};

/** The pages of the shop: the class of its style, and the attributes with which the element follows it. */
const PAGES = new Map([
  ['/', ['serif', `surface="transparent" font="Georgia, 'Times New Roman', serif" radius="16"`]],
  // This style sets light text on a dark background, but no color-scheme, as many shops do.
  ['/night', ['night', 'surface="transparent" radius="4"']],
  // A place of 480 by 360 pixels.
  ['/slot', ['serif slot', 'density="compact" radius="8"']],
]);

function read(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}

/** Starts the shop at 127.0.0.1, which browsers treat as another site than localhost. */
export async function startShop({ ordersUrl, apiKey, orderId, userId, port = 0 }: Options) {
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${ordersUrl}`,
    `frame-src ${ordersUrl}`,
    "style-src 'self'",
    "connect-src 'self'",
    'img-src data:',
    "require-trusted-types-for 'script'",
  ].join('; ');

  async function mintToken(): Promise<string> {
    const answer = await fetch(`${ordersUrl}/api/links`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ orderId, userId }),
    });
    const { token }: { token: string } = await answer.json();
    return token;
  }

  function send(response: ServerResponse, type: string, body: string): void {
    response.setHeader('content-type', `${type}; charset=utf-8`);
    response.setHeader('content-security-policy', policy);
    response.setHeader('cache-control', 'no-store');
    response.end(body);
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop');
    if (pathname === '/shop.css') return send(response, 'text/css', read('./shop.css'));
    if (pathname === '/shop.js') return send(response, 'text/javascript', read('./shop.js'));
    if (pathname === '/account/order-token')
      return void mintToken().then((token) =>
        send(response, 'application/json', JSON.stringify({ token })),
      );
    const [shop = '', look = ''] = PAGES.get(pathname) ?? [];
    if (shop)
      return void mintToken().then((token) => {
        const page = read('./shop.html').replace('{SHOP}', shop).replace('{LOOK}', look);
        const linked = page.replaceAll('{ORDERS_URL}', ordersUrl);
        send(response, 'text/html', linked.replaceAll('{TOKEN}', token));
      });
    return response.writeHead(404).end();
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
