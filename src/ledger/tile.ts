/** Tiles and entry bundles (c2sp.org/tlog-tiles), made from the tables when asked for. */
import { BaileeError } from '../platform/errors.ts';
import type { Ctx } from '../platform/ports.ts';
import { integrate } from './integrate.ts';
import { readLeaves, readNodes } from './sql.ts';
import { leafHash, TILE_WIDTH } from './tree.ts';

export interface TileName {
  /** 0 to 63, or the bundle of the entries themselves. */
  readonly level: number | 'entries';
  readonly n: number;
  /** 1 to 256; 256 is a full tile. */
  readonly width: number;
}

const PATH = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** Reads a path such as `tile/0/x001/x234/067.p/8`; null unless it is spelled exactly as the format spells it. */
export function parseTilePath(path: string): TileName | null {
  const [, kind = '', spelled = '', partial] = PATH.exec(path) ?? [];
  const level = kind === 'entries' ? kind : Number(kind);
  const n = Number(spelled.replace(/[x/]/g, ''));
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  if (kind === '' || (level !== 'entries' && level > 63) || !Number.isSafeInteger(n)) return null;
  if (partial !== undefined && width >= TILE_WIDTH) return null;
  const name: TileName = { level, n, width };
  return formatTilePath(name) === path ? name : null;
}

/** The path of a tile below the log's prefix. */
export function formatTilePath({ level, n, width }: TileName): string {
  const groups = String(n)
    .padStart(Math.ceil(String(n).length / 3) * 3, '0')
    .match(/\d{3}/g)!;
  const spelled = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${spelled}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/**
 * The bytes of a tile, or null when the path is not one or reaches beyond the current size.
 * A hash tile is 32 bytes a hash; a bundle is leaves, each after its length as a big-endian uint16.
 * What it returns never changes. Throws `BaileeError('ledger_damaged')` when a row is missing.
 */
export async function tile(ctx: Pick<Ctx, 'db'>, path: string): Promise<Buffer | null> {
  const name = parseTilePath(path);
  if (name === null) return null;
  const level = name.level === 'entries' ? 0 : name.level;
  const first = name.n * TILE_WIDTH;
  const { size } = await integrate(ctx.db);
  if (first + name.width > Math.floor(size / TILE_WIDTH ** level)) return null;

  const rows = Array.from({ length: name.width }, (_, at) => first + at);
  const found = level === 0 ? await leavesAt(ctx, rows) : await nodesAt(ctx, level, rows);
  const items = found.filter((item) => item !== undefined);
  if (items.length !== name.width) {
    throw new BaileeError('ledger_damaged', 'A row of the ledger is missing.', { path });
  }
  if (name.level === 'entries') return Buffer.concat(items.flatMap((leaf) => [lengthOf(leaf), leaf]));
  return Buffer.concat(level === 0 ? items.map(leafHash) : items);
}

async function leavesAt(ctx: Pick<Ctx, 'db'>, indices: number[]): Promise<(Buffer | undefined)[]> {
  const leaves = await readLeaves(ctx.db, indices);
  return indices.map((index) => leaves.get(index));
}

async function nodesAt(ctx: Pick<Ctx, 'db'>, level: number, rows: number[]): Promise<(Buffer | undefined)[]> {
  const nodes = await readNodes(
    ctx.db,
    rows.map((n) => ({ level, n })),
  );
  return rows.map((n) => nodes.get(`${level}/${n}`));
}

function lengthOf(leaf: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(leaf.length);
  return length;
}
