/** For whoever runs it: alive, ready, and the counters. */
import { isLoopback } from '../../platform/config.ts';
import { demandAdministrator, presentedKey } from './credentials.ts';
import type { Edge, Server } from './edge.ts';

export function healthRoutes(server: Server, { app, keys }: Edge): void {
  server.get('/health', async () => ({ ok: true }));

  server.get('/ready', async (_request, reply) => {
    const ready = !app.stopping() && (await app.ready());
    return reply.code(ready ? 200 : 503).send({ ready });
  });

  server.get('/metrics', async (request, reply) => {
    const { headers, ip } = request;
    // Behind a proxy on this machine everyone comes from the loopback address.
    const proxied = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
    if (proxied || !isLoopback(ip.replace(/^::ffff:/, ''))) {
      const key = presentedKey(headers);
      if (key !== null) request.principal = await keys.lookUp(key);
      demandAdministrator(request);
    }
    const { registry } = app.ctx.metrics;
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
