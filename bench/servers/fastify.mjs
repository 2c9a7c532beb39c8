import fastify from 'fastify';
import { createViewCache } from './view-cache.mjs';

const readView = createViewCache(process.env.VIEW_URL);
const app = fastify();

app.get('/api/order/messages', async (request, reply) => {
  const { etag, body, headers } = await readView();
  reply.headers(headers);
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  return reply.type('application/json; charset=utf-8').send(body);
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
