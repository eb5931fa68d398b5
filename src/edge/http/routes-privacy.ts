/** The privacy center at `/privacy`, of every installation: one document for all of its addresses, and the files of the build. */
import { join } from 'node:path';
import { BaileeError } from '../../platform/errors.ts';
import { appFiles, assetRoutes, builtFolder, POLICY_OF_APPS } from './built-app.ts';
import type { Server } from './edge.ts';
import { packText } from './packing.ts';
import { centerLanguage, privacyPage } from './privacy-page.ts';

export function privacyRoutes(server: Server): void {
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
        .send(privacyPage(language, files));
    });
  assetRoutes(server, '/privacy', folder, 'The privacy center');
}
