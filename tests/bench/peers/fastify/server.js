// Peer of the benchmark: Fastify and postgres.js, with a process for each core. PG* name the
// database. Other settings: PEER_PORT, PEER_PROCESSES, PEER_POOL (connections of a process),
// PEER_SQL (a directory), PEER_CREATE (the file in it that inserts).
import cluster from 'node:cluster';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Fastify from 'fastify';
import postgres from 'postgres';

const { PEER_PORT, PEER_PROCESSES, PEER_POOL, PEER_SQL, PEER_CREATE } = process.env;
const statement = (file) => readFileSync(join(PEER_SQL, file), 'utf8');

async function serve() {
  const sql = postgres({ max: Number(PEER_POOL) });
  const [get, list, create, report] = ['product_get.sql', 'product_list.sql', PEER_CREATE, 'report.sql'].map(statement);

  // Sends the text of a statement's only row, or the given status if there is no row.
  const answer = async (reply, text, values, status = 200, none = 404) => {
    const [row] = await sql.unsafe(text, values, { prepare: true }).values();
    if (!row) return reply.code(none).send({ error: 'not found' });
    return reply.code(status).type('application/json; charset=utf-8').send(row[0]);
  };
  const integer = (minimum, more) => ({ type: 'integer', minimum, ...more });
  const text = { type: 'string' };

  const app = Fastify({ logger: false, bodyLimit: 1 << 20 });
  app.get('/v1/products/:id', { schema: { params: { type: 'object', properties: { id: integer(1) } } } },
    (request, reply) => answer(reply, get, [request.params.id]));
  app.get('/v1/products', { schema: { querystring: {
    type: 'object',
    required: ['village'],
    properties: {
      village: { type: 'string', minLength: 1, maxLength: 20 },
      after: integer(0, { default: 0 }),
      limit: integer(1, { maximum: 100, default: 20 }),
    },
  } } }, (request, reply) => answer(reply, list, [request.query.village, request.query.after, request.query.limit]));
  app.post('/v1/products', { schema: { body: {
    type: 'object',
    required: ['umkm_id', 'name', 'description', 'category', 'price', 'unit', 'market_reach', 'published'],
    properties: {
      umkm_id: integer(1),
      name: { type: 'string', minLength: 1, maxLength: 200 },
      description: { type: 'string', maxLength: 4000 },
      category: text,
      price: integer(0),
      unit: text,
      market_reach: { enum: ['local', 'regional', 'national', 'export'] },
      published: { type: 'boolean' },
    },
  } } }, (request, reply) => {
    const { umkm_id, name, description, category, price, unit, market_reach, published } = request.body;
    return answer(reply, create, [umkm_id, name, description, category, price, unit, market_reach, published], 201, 422);
  });
  app.get('/v1/report', (request, reply) => answer(reply, report, [request.query.village]));
  app.get('/v1/sleep', (request, reply) => answer(reply, 'select pg_sleep(1)::text', []));
  await app.listen({ host: '127.0.0.1', port: Number(PEER_PORT), backlog: 1024 });
}

if (cluster.isPrimary) {
  for (let i = 0; i < Number(PEER_PROCESSES); i++) cluster.fork();
  process.on('SIGTERM', () => {
    for (const worker of Object.values(cluster.workers)) worker.kill();
    process.exit(0);
  });
} else {
  await serve();
}
