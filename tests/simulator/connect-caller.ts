import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { ConnectBody } from './connect-body';
import { demoClient, demoScope } from './oauth';
import { demoUserId } from './people';
import { staticToken } from './tokens';

/** Calls Connect's endpoints for tests of the simulator itself. */
export function createConnectCaller(simulatorUrl: string) {
  const ordersUrl = `${simulatorUrl}/v2/post_checkout`;
  const messagesUrl = (orderId: string) => `${ordersUrl}/orders/${orderId}/order_messages`;

  async function getMessages(orderId: string, token?: string): Promise<Response> {
    return fetch(messagesUrl(orderId), { headers: headersFor(token), redirect: 'manual' });
  }

  async function getOrder(orderId: string, token?: string): Promise<Response> {
    return fetch(`${ordersUrl}/orders/${orderId}`, { headers: headersFor(token) });
  }

  async function post(path: string, body: object): Promise<Response> {
    return fetch(`${simulatorUrl}${path}`, {
      method: 'POST',
      headers: { ...headersFor(), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  function postToken(changes: Record<string, string> = {}, query = ''): Promise<Response> {
    return post(`/v2/oauth/token${query}`, {
      grant_type: 'fulfillment_user_assertion',
      client_id: demoClient.id,
      client_secret: demoClient.secret,
      scope: demoScope,
      assertion: toAssertion(demoUserId),
      ...changes,
    });
  }

  return {
    getMessages,
    getOrder,
    readOrder: async (orderId: string) =>
      (await (await getOrder(orderId)).json()) as Record<string, unknown>,
    getItems: (orderId: string, token?: string) =>
      fetch(`${ordersUrl}/orders/${orderId}/items`, { headers: headersFor(token) }),
    putDecision: (orderId: string, itemId: string, body: object) =>
      fetch(`${ordersUrl}/orders/${orderId}/items/${itemId}/replacement`, {
        method: 'PUT',
        headers: { ...headersFor(), 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    callPickup: (orderId: string, path: string, method = 'GET', body?: object) =>
      fetch(`${ordersUrl}/orders/${orderId}/pickup/${path}`, {
        method,
        headers: { ...headersFor(), 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      }),
    putRead: (orderId: string, token?: string) =>
      fetch(`${ordersUrl}/chat/${orderId}/messages`, { method: 'PUT', headers: headersFor(token) }),
    postToken,
    readBody: async (orderId: string) => (await (await getMessages(orderId)).json()) as ConnectBody,
    postMessage: (orderId: string, body: string) =>
      post(`/v2/post_checkout/chat/${orderId}/messages`, { body }),

    async mintToken(userId: string): Promise<string> {
      const response = await postToken({ assertion: toAssertion(userId) });
      return ((await response.json()) as { access_token: string }).access_token;
    },

    revokeToken: (token: string) =>
      post('/v2/oauth/revoke_access_token', {
        token,
        client_id: demoClient.id,
        client_secret: demoClient.secret,
      }),

    /** The raw answer, without decompression and redirects. */
    async openMessages(orderId: string): Promise<IncomingMessage> {
      const outgoing = request(messagesUrl(orderId), { headers: headersFor(), agent: false });
      // After the headers, the stream of the answer reports a broken connection.
      outgoing.on('error', () => undefined);
      const [response] = (await once(outgoing.end(), 'response')) as [IncomingMessage];
      return response;
    },
  };
}

function headersFor(token = staticToken) {
  return { accept: 'application/json', authorization: `Bearer ${token}` };
}

function toAssertion(userId: string): string {
  return Buffer.from(JSON.stringify({ user_id: userId })).toString('base64');
}
