/** Says that Global Privacy Control is honored (W3C GPC § 4, `/.well-known/gpc.json`). */
import { Type } from 'typebox';
import type { Server } from './edge.ts';

const GpcSupport = Type.Object({ gpc: Type.Boolean(), lastUpdate: Type.String() });
/** When what the signal closes was last changed. */
const LAST_UPDATE = '2026-11-25';

export function signalRoutes(server: Server): void {
  server.get(
    '/.well-known/gpc.json',
    { schema: { response: { 200: GpcSupport } } },
    async (_request, reply) => {
      reply.headers({ 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=86400' });
      return { gpc: true, lastUpdate: LAST_UPDATE };
    },
  );
}
