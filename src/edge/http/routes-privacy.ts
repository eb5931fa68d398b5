/** The privacy center at `/privacy`, of every installation: one document for all of its addresses, and the files of the build. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BaileeError } from '../../platform/errors.ts';
import { appFiles, assetRoutes, builtFolder, POLICY_OF_APPS } from './built-app.ts';
import type { Edge, Server } from './edge.ts';
import { packText } from './packing.ts';
import { centerLanguage, privacyPage } from './privacy-page.ts';

export function privacyRoutes(server: Server, { app: { ctx } }: Edge): void {
  const look = lookIn(ctx.config.centerStyle);
  const folder = builtFolder('privacy-center');
  const files = appFiles(join(folder, 'manifest.json'));
  for (const url of ['/privacy', '/privacy/*'])
    server.get(url, { onSend: packText }, async (request, reply) => {
      if (files === null)
        throw new BaileeError('not_found', 'The privacy center is not built. Run npm run build.');
      const { lang } = request.query as { readonly lang?: unknown };
      const language = centerLanguage(lang, request.headers['accept-language']);
      return reply
        .header('content-security-policy', POLICY_OF_APPS)
        .header('cache-control', 'no-cache')
        .header('vary', 'accept-language')
        .type('text/html; charset=utf-8')
        .send(privacyPage(language, files, look !== null));
    });
  assetRoutes(server, '/privacy', folder, 'The privacy center');
  server.get('/privacy/look.css', { onSend: packText }, async (_request, reply) => {
    if (look === null) throw new BaileeError('not_found', 'The privacy center has the look of Bailee.');
    return reply.header('cache-control', 'no-cache').type('text/css; charset=utf-8').send(look);
  });
}

/** The shop's own style, read once. Throws `invalid_configuration`, so that a wrong path is seen at the start. */
function lookIn(path: string | null): string | null {
  if (path === null) return null;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    const fault = 'BAILEE_CENTER_STYLE must name a file that can be read.';
    throw new BaileeError('invalid_configuration', fault, { faults: [fault] });
  }
}
