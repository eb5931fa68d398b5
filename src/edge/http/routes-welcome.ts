/** `GET /`: what to try. The demo's keys are shown only where they work. */
import { isLoopback } from '../../platform/config.ts';
import type { Edge, Server } from './edge.ts';
import { welcomeLanguage, welcomePage } from './welcome.ts';

export function welcomeRoutes(server: Server, { app }: Edge): void {
  server.get('/', async (request, reply) => {
    const { lang } = request.query as { readonly lang?: unknown };
    const language = welcomeLanguage(
      typeof lang === 'string' ? lang : undefined,
      request.headers['accept-language'],
    );
    const show = isLoopback(app.ctx.config.host) ? await app.demo(language) : null;
    const page = welcomePage({
      url: app.url(),
      version: app.version,
      engine: app.ctx.db.engine,
      lang: language,
      demo: show?.demo ?? null,
      answers: show?.answers ?? null,
      links: {
        openapi: '/openapi.json',
        ...(app.shop() === null ? {} : { shop: '/shop', console: '/console' }),
      },
    });
    return reply.header('vary', 'accept-language').type('text/html; charset=utf-8').send(page);
  });
}
