/**
 * Packs rooms as libraries: `bailee/ledger` and its neighbours, each a package `bailee` of its own with that
 * one door, so that whoever wants a room does not install a server.
 */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closureOf, published } from './closure.ts';
import { type Manifest, manifestOf } from './manifest.ts';

/** The sources' folder is as deep as what is built from it is not: so the root is looked for. */
export const ROOT = rootAbove(dirname(fileURLToPath(import.meta.url)));

function rootAbove(folder: string): string {
  return existsSync(join(folder, 'package-lock.json')) ? folder : rootAbove(dirname(folder));
}

/**
 * Writes `bailee-<room>.tgz` into `out` for each room and answers their paths, by room.
 *
 * @throws Error when a room does not compile by itself, has no README, or needs a package that the house does
 *   not depend on
 */
export function packLibraries(rooms: readonly string[], out: string): Map<string, string> {
  mkdirSync(out, { recursive: true });
  const work = mkdtempSync(join(out, 'work-'));
  try {
    compile(rooms, work);
    return new Map(rooms.map((room) => [room, packOne(room, work, out)]));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** All entries in one go, with declarations, and nothing that they do not reach. */
function compile(rooms: readonly string[], work: string): void {
  const settings = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: {
      rootDir: ROOT,
      outDir: join(work, 'built'),
      typeRoots: [join(ROOT, 'node_modules/@types')],
      declaration: true,
      incremental: false,
      tsBuildInfoFile: null,
    },
    files: rooms.map((room) => join(ROOT, 'src', room, 'library.ts')),
    include: [],
  };
  const config = join(work, 'tsconfig.json');
  writeFileSync(config, JSON.stringify(settings));
  run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', config], ROOT);
}

function packOne(room: string, work: string, out: string): string {
  const built = join(work, 'built');
  const folder = join(work, room);
  const code = closureOf(built, `src/${room}/library.js`);
  const types = closureOf(built, `src/${room}/library.d.ts`);
  for (const path of new Set([...code.files, ...types.files])) {
    const text = readFileSync(join(built, path), 'utf8');
    const to = join(folder, 'lib', path);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, path.endsWith('.d.ts') ? published(text) : text);
  }
  const packs = join(ROOT, 'packs', room);
  const manifest = manifestOf(room, house(), [...code.packages, ...types.packages], existsSync(packs));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  if (existsSync(packs)) cpSync(packs, join(folder, 'packs'), { recursive: true });
  return packFolder(room, folder, join('src', room), out);
}

/**
 * Gives `folder` the license and the README that stands in `sources`, and packs it as `bailee-<name>.tgz` into
 * `out`. Answers the tarball's path.
 */
export function packFolder(name: string, folder: string, sources: string, out: string): string {
  const readme = join(sources, 'README.md');
  if (!existsSync(join(ROOT, readme))) throw new Error(`bailee/${name} has no README: ${readme}.`);
  copyFileSync(join(ROOT, readme), join(folder, 'README.md'));
  copyFileSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
  const [{ filename }] = JSON.parse(npm(['pack', '--json', '--ignore-scripts'], folder)) as [
    { filename: string },
  ];
  const tarball = join(out, `bailee-${name}.tgz`);
  renameSync(join(folder, filename), tarball);
  return tarball;
}

export function house(): Manifest {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
}

/** The npm that runs this, or the one on the path. Answers what it prints. */
export function npm(args: readonly string[], folder: string): string {
  const script = process.env.npm_execpath;
  if (script === undefined) return run('npm', args, folder);
  return run(process.execPath, [script, ...args], folder);
}

/** Runs a program to its end. Throws with what it said unless it exits with 0; answers its output. */
export function run(program: string, args: readonly string[], folder: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} failed: ${error?.message ?? ''}\n${stdout}${stderr}`);
  return stdout;
}
