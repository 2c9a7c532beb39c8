import type { IncomingHttpHeaders } from 'node:http';
import type { ConnectRoute } from './calls';
import type { ConnectBody } from './connect-body';
import { answerRevoke, answerToken, hasCredentials, readAssertion, toRecord } from './oauth';
import type { OrderStore } from './orders';
import { connectErrors, jsonReply, rawReply, type Reply } from './replies';
import type { Bearer, TokenStore } from './tokens';

export type ConnectRequest = {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: string;
};

/** A request with its route and user, and Connect's answer without a fault. */
export type Matched = {
  route: ConnectRoute;
  orderId?: string;
  userId?: string;
  message?: string;
  itemId?: string;
  answer(): Reply;
};

const pickupRoutes = new Set<ConnectRoute>(['pickup', 'vehicle', 'set_vehicle', 'arrival']);
const maxBodyLength = 1_000;

const orderRoutes: { route: ConnectRoute; method: string; path: RegExp }[] = [
  {
    route: 'order_messages',
    method: 'GET',
    path: /^\/v2\/post_checkout\/orders\/([^/]+)\/order_messages$/,
  },
  { route: 'order', method: 'GET', path: /^\/v2\/post_checkout\/orders\/([^/]+)$/ },
  { route: 'items', method: 'GET', path: /^\/v2\/post_checkout\/orders\/([^/]+)\/items$/ },
  {
    route: 'decide',
    method: 'PUT',
    path: /^\/v2\/post_checkout\/orders\/([^/]+)\/items\/([^/]+)\/replacement$/,
  },
  {
    route: 'pickup',
    method: 'GET',
    path: /^\/v2\/post_checkout\/orders\/([^/]+)\/pickup\/details$/,
  },
  {
    route: 'vehicle',
    method: 'GET',
    path: /^\/v2\/post_checkout\/orders\/([^/]+)\/pickup\/vehicle_info$/,
  },
  {
    route: 'set_vehicle',
    method: 'PUT',
    path: /^\/v2\/post_checkout\/orders\/([^/]+)\/pickup\/vehicle_info$/,
  },
  {
    route: 'arrival',
    method: 'POST',
    path: /^\/v2\/post_checkout\/orders\/([^/]+)\/pickup\/user_arrived$/,
  },
  { route: 'chat', method: 'GET', path: /^\/v2\/post_checkout\/chat\/([^/]+)\/messages$/ },
  { route: 'send', method: 'POST', path: /^\/v2\/post_checkout\/chat\/([^/]+)\/messages$/ },
  { route: 'mark_read', method: 'PUT', path: /^\/v2\/post_checkout\/chat\/([^/]+)\/messages$/ },
];

export function matchConnectRoute(
  request: ConnectRequest,
  { tokens, orders }: { tokens: TokenStore; orders: OrderStore },
): Matched | undefined {
  const { method, url } = request;
  if (method === 'POST' && url.pathname.startsWith('/v2/oauth/'))
    return matchOauth(request, tokens);

  for (const { route, method: wanted, path } of orderRoutes) {
    const found = method === wanted ? path.exec(url.pathname) : undefined;
    const orderId = found?.[1] && decodePathPart(found[1]);
    if (!orderId) continue;
    const itemId = found[2] && decodePathPart(found[2]);
    const bearer = tokens.identify(/^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]);
    const message = route === 'send' ? toRecord(parseJson(request.body)).body : undefined;
    return {
      route,
      orderId,
      ...(typeof message === 'string' && { message }),
      ...(itemId && { itemId }),
      ...(bearer && bearer !== 'any' && { userId: bearer.userId }),
      answer: () => answerOrder({ route, orderId, itemId, bearer, request, orders }),
    };
  }
  return undefined;
}

function matchOauth(request: ConnectRequest, tokens: TokenStore): Matched | undefined {
  const input = parseJson(request.body);
  const refused = hasCredentials(request.url.searchParams) && connectErrors.credentialsInQuery;
  if (request.url.pathname === '/v2/oauth/token') {
    const userId = readAssertion(toRecord(input).assertion);
    return {
      route: 'token',
      ...(userId !== undefined && { userId }),
      answer: () => refused || answerToken(input, tokens),
    };
  }
  if (request.url.pathname === '/v2/oauth/revoke_access_token')
    return { route: 'revoke', answer: () => refused || answerRevoke(input, tokens) };
  return undefined;
}

type OrderRequest = {
  route: ConnectRoute;
  orderId: string;
  itemId: string | undefined;
  bearer: Bearer | undefined;
  request: ConnectRequest;
  orders: OrderStore;
};

function answerOrder(orderRequest: OrderRequest): Reply {
  const { route, orderId, itemId = '', bearer, request, orders } = orderRequest;
  if (!bearer) return connectErrors.unauthorized;
  // The header is required. The answer without it is not documented.
  if (!request.headers.accept?.includes('application/json')) return connectErrors.badRequest;
  const owner = orders.ownerOf(orderId);
  if (owner === undefined || (bearer !== 'any' && bearer.userId !== owner))
    return connectErrors.notFound;
  if (route === 'order') return jsonReply(200, orders.readDetails(orderId));
  if (route === 'items') return jsonReply(200, orders.readItems(orderId));
  if (route === 'decide') return orders.decide(orderId, itemId, parseJson(request.body));
  if (pickupRoutes.has(route)) return orders.answerPickup(orderId, route, parseJson(request.body));
  if (route === 'send') return answerSend(orderId, request.body, orders);
  if (route === 'mark_read') {
    const count = orders.markAllRead(orderId);
    // The refusal where shopper information is removed is not established.
    if (count === undefined) return connectErrors.shopperInfoRemoved;
    return jsonReply(200, { messages_read_count: count });
  }

  const text = orders.read(orderId);
  if (text === undefined) return connectErrors.shopperInfoRemoved;
  if (route === 'order_messages') return rawReply(200, text);
  const { chat_messages, metadata } = JSON.parse(text) as ConnectBody;
  return jsonReply(200, { chat_messages, metadata });
}

function answerSend(orderId: string, requestBody: string, orders: OrderStore): Reply {
  const { body } = toRecord(parseJson(requestBody));
  // The rejection of blank text and the count of UTF-16 units are not documented.
  if (typeof body !== 'string' || body.trim() === '') return connectErrors.blank;
  if (body.length > maxBodyLength) return connectErrors.tooLong;
  const sent = orders.send(orderId, body);
  if (!sent) return connectErrors.sendingClosed;
  // The names of time zones are not documented.
  return jsonReply(200, {
    id: sent.id,
    type: 'CHAT',
    created_at: sent.created_at,
    timezone: 'UTC',
  });
}

function decodePathPart(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
