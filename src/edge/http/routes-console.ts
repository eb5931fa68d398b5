/** The console at `/console`, of every installation: one document for all of its addresses, and the files of the build. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BaileeError } from '../../platform/errors.ts';
import { projectRoot } from '../../platform/migrate.ts';
import { consoleFiles, consolePage } from './console-page.ts';
import type { Server } from './edge.ts';
import { packText } from './packing.ts';
import { packedFile, sendPacked } from './routes-sdk.ts';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' } as const;

export function consoleRoutes(server: Server): void {
  const folder = join(projectRoot(), 'dist', 'web', 'console');
  const files = consoleFiles(join(folder, 'manifest.json'));
  const page = files === null ? null : consolePage(files);
  for (const url of ['/console', '/console/*'])
    server.get(url, { onSend: packText }, async (_request, reply) => {
      if (page === null) throw new BaileeError('not_found', 'The console is not built. Run npm run build.');
      return reply.header('content-security-policy', POLICY).type('text/html; charset=utf-8').send(page);
    });

  const found = new Map(
    assetsIn(join(folder, 'assets')).flatMap(([name, type]) => {
      const file = packedFile(join(folder, 'assets', name));
      return file === null ? [] : [[name, { file, type }] as const];
    }),
  );
  server.get('/console/assets/:name', async (request, reply) => {
    const asset = found.get((request.params as { readonly name: string }).name);
    if (asset === undefined) throw new BaileeError('not_found', 'The console has no such file.');
    // The name changes with the content.
    reply.header('cache-control', 'public, max-age=31536000, immutable');
    return sendPacked(request, reply, asset.file, asset.type);
  });
}

/** Names and types of what was built; empty where nothing was. */
function assetsIn(folder: string): (readonly [string, string])[] {
  try {
    return readdirSync(folder).flatMap((name) => {
      const type = TYPES[name.split('.').at(-1) as keyof typeof TYPES];
      return type === undefined ? [] : [[name, type] as const];
    });
  } catch {
    return [];
  }
}
