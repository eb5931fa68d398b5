/** What the build made of a web app: its manifest, and its files as they are sent. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BaileeError } from '../../platform/errors.ts';
import { projectRoot } from '../../platform/migrate.ts';
import type { Server } from './edge.ts';
import { packedFile, sendPacked } from './routes-sdk.ts';

/** Of pages whose scripts and styles are files of their own. */
export const POLICY_OF_APPS = [
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

/** Names below the app's address, with the hash of their content. */
export interface AppFiles {
  readonly script: string;
  readonly styles: readonly string[];
  /** What the script needs first. */
  readonly preloads: readonly string[];
  /** Where the build put a source that is fetched when it is needed, and what comes with it. */
  readonly chunk: (source: string) => readonly string[];
}

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}

/** The folder of an app's build. @param app `console`, `privacy-center` */
export function builtFolder(app: string): string {
  return join(projectRoot(), 'dist', 'web', app);
}

/** Null where the app is not built. @param path of the build's manifest */
export function appFiles(path: string): AppFiles | null {
  const manifest = readManifest(path);
  if (manifest === null) return null;
  const chunks = Object.values(manifest).filter(({ isEntry }) => isEntry === true);
  const script = chunks.find(({ file }) => file.endsWith('.js'));
  if (script === undefined) return null;
  const styles = chunks.filter(({ file }) => file.endsWith('.css')).map(({ file }) => file);
  const filesOf = (names: readonly string[] = []) => names.flatMap((name) => manifest[name]?.file ?? []);
  return {
    script: script.file,
    styles,
    preloads: filesOf(script.imports),
    chunk: (source) => filesOf([source, ...(manifest[source]?.imports ?? [])]),
  };
}

function readManifest(path: string): Readonly<Record<string, Chunk>> | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, Chunk>;
  } catch {
    return null;
  }
}

/** `GET <base>/assets/{name}`, for ever: the name changes with the content. @param called the app, in a sentence */
export function assetRoutes(server: Server, base: string, folder: string, called: string): void {
  const assets = join(folder, 'assets');
  const found = new Map(
    assetsIn(assets).flatMap(([name, type]) => {
      const file = packedFile(join(assets, name));
      return file === null ? [] : [[name, { file, type }] as const];
    }),
  );
  server.get(`${base}/assets/:name`, async (request, reply) => {
    const asset = found.get((request.params as { readonly name: string }).name);
    if (asset === undefined) throw new BaileeError('not_found', `${called} has no such file.`);
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
