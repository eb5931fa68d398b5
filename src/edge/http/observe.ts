/** What is said of a request: its method, the pattern of its route, the answer's status and time, and the id of who called. Never its address. */
import type { FastifyInstance } from 'fastify';
import type { Ctx } from '../../platform/ports.ts';

export function observe(server: FastifyInstance, ctx: Pick<Ctx, 'log' | 'metrics'>): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    ctx.metrics.seconds.observe({ route }, reply.elapsedTime / 1000);
    const quiet = route === '/health' || route === '/ready' || route === '/metrics';
    const { principal } = request;
    const by = principal === null ? null : principal.kind === 'operator' ? 'operator' : principal.id;
    ctx.log[quiet ? 'debug' : 'info'](
      { requestId: request.id, method: request.method, route, status: reply.statusCode, ms, by },
      'answered',
    );
  });
}
