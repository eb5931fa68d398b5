/** The console at `/console`, of every installation: one document for all of its addresses, and the files of the build. */
import { join } from 'node:path';
import { BaileeError } from '../../platform/errors.ts';
import { appFiles, assetRoutes, builtFolder, POLICY_OF_APPS } from './built-app.ts';
import { consolePage } from './console-page.ts';
import type { Server } from './edge.ts';
import { packText } from './packing.ts';

export function consoleRoutes(server: Server): void {
  const folder = builtFolder('console');
  const files = appFiles(join(folder, 'manifest.json'));
  const page = files === null ? null : consolePage(files);
  for (const url of ['/console', '/console/*'])
    server.get(url, { onSend: packText }, async (_request, reply) => {
      if (page === null) throw new BaileeError('not_found', 'The console is not built. Run npm run build.');
      return reply
        .header('content-security-policy', POLICY_OF_APPS)
        .type('text/html; charset=utf-8')
        .send(page);
    });
  assetRoutes(server, '/console', folder, 'The console');
}
