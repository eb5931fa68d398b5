import { beforeAll, describe, expect, it } from 'vitest';
import { testContext } from '../../../test/kit/context.ts';
import { append } from '../append.ts';
import { formatCheckpoint } from '../checkpoint-body.ts';
import { type NoteSigner, noteSigner, signNote } from '../note.ts';
import { formatTilePath, tile } from '../tile.ts';
import { appendHashes, leafHash, rootOf } from '../tree.ts';
import { type LogReport, verifyLog } from './log.ts';

const ORIGIN = 'shop.example/ledger';
const SIZE = 700;
const signer = noteSigner(ORIGIN, Buffer.alloc(32, 1));
const honest = Array.from({ length: SIZE }, (_, at) => Buffer.from(`entry ${at}`));

function sign(leaves: readonly Buffer[], by: NoteSigner = signer, origin = ORIGIN): string {
  const { size, frontier } = appendHashes(0, Buffer.alloc(0), leaves.map(leafHash));
  return signNote(formatCheckpoint({ origin, size, root: rootOf(size, frontier) }), [by]);
}

/** What a server would serve for these leaves. */
function serve(leaves: readonly Buffer[]): Map<string, Buffer> {
  const { nodes } = appendHashes(0, Buffer.alloc(0), leaves.map(leafHash));
  const served = new Map<string, Buffer>();
  const put = (level: number | 'entries', items: Buffer[]) => {
    for (let n = 0; n * 256 < items.length; n++) {
      const part = items.slice(n * 256, n * 256 + 256);
      served.set(formatTilePath({ level, n, width: part.length }), Buffer.concat(part));
    }
  };
  put(
    'entries',
    leaves.map((leaf) => Buffer.concat([Buffer.of(leaf.length >> 8, leaf.length & 255), leaf])),
  );
  put(0, leaves.map(leafHash));
  put(
    1,
    nodes.map(({ hash }) => hash),
  );
  return served;
}

function verify(
  served: Map<string, Buffer>,
  checkpoint: string,
  earlier: string[] = [],
  vkeys = [signer.vkey],
): Promise<LogReport> {
  return verifyLog({ fetchTile: async (path) => served.get(path) ?? null, checkpoint, vkeys, earlier });
}

const faults = (report: LogReport) => {
  expect(report.ok).toBe(false);
  return report.problems.map(({ fault, index }) => (index === undefined ? fault : `${fault} ${index}`));
};

describe('verifying a whole log', () => {
  it('finds nothing wrong with an honest log of any size', async () => {
    for (const size of [0, 1, 2, 255, 256, 257, 512, SIZE]) {
      const leaves = honest.slice(0, size);
      const report = await verify(serve(leaves), sign(leaves));
      expect(report).toMatchObject({ ok: true, size, problems: [] });
    }
  });

  it('accepts earlier checkpoints that this log grew from, the empty one too', async () => {
    const earlier = [600, 0, 256, 1, SIZE, 255, 600].map((size) => sign(honest.slice(0, size)));
    expect(await verify(serve(honest), sign(honest), earlier)).toMatchObject({ ok: true, problems: [] });
  });

  it('finds a changed leaf', async () => {
    const changed = honest.with(300, Buffer.from('entry 3OO'));
    const served = serve(honest);
    served.set('tile/entries/001', serve(changed).get('tile/entries/001')!);
    expect(faults(await verify(served, sign(honest)))).toEqual(['tile 300', 'tile 256', 'root']);
  });

  it('finds a changed leaf when every tile was made anew to match it', async () => {
    const changed = honest.with(300, Buffer.from('entry 3OO'));
    expect(faults(await verify(serve(changed), sign(honest)))).toEqual(['root']);
  });

  it('finds a changed leaf when the checkpoint was signed anew, by an earlier one', async () => {
    const changed = honest.with(300, Buffer.from('entry 3OO'));
    const earlier = [sign(honest.slice(0, 300)), sign(honest.slice(0, 301))];
    expect(faults(await verify(serve(changed), sign(changed), earlier))).toEqual(['fork 301']);
  });

  it('finds a dropped leaf', async () => {
    const dropped = honest.toSpliced(300, 1);
    expect(faults(await verify(serve(dropped), sign(honest)))).toEqual(['missing']);
    // Filled up with another entry, so that the count is right.
    const renamed = serve(dropped);
    renamed.set('tile/entries/002.p/188', serve([...dropped, honest[0]!]).get('tile/entries/002.p/188')!);
    expect(faults(await verify(renamed, sign(honest)))).toContain('root');
    const served = serve(honest);
    served.set('tile/entries/002.p/188', served.get('tile/entries/002.p/188')!.subarray(0, -11));
    expect(faults(await verify(served, sign(honest)))).toEqual(['malformed 512']);
    const earlier = [sign(honest)];
    expect(faults(await verify(serve(dropped), sign(dropped), earlier))).toEqual([`shrunk ${SIZE}`]);
  });

  it('finds two leaves that changed places', async () => {
    const reordered = honest.with(10, honest[11]!).with(11, honest[10]!);
    const served = serve(honest);
    served.set('tile/entries/000', serve(reordered).get('tile/entries/000')!);
    expect(faults(await verify(served, sign(honest)))).toEqual(['tile 10', 'tile 0', 'root']);
    expect(faults(await verify(serve(reordered), sign(honest)))).toEqual(['root']);
  });

  it('finds a checkpoint signed by another key, or for another log', async () => {
    const stranger = noteSigner(ORIGIN, Buffer.alloc(32, 2));
    const elsewhere = noteSigner('elsewhere.example', Buffer.alloc(32, 1));
    const served = serve(honest);
    expect(faults(await verify(served, sign(honest, stranger)))).toEqual(['checkpoint']);
    expect(faults(await verify(served, sign(honest, elsewhere), [], [elsewhere.vkey]))).toEqual([
      'checkpoint',
    ]);
    expect(faults(await verify(served, sign(honest, signer, 'other')))).toEqual(['checkpoint']);
    expect(faults(await verify(served, sign(honest).replace('700', '701')))).toEqual(['checkpoint']);
    expect(faults(await verify(served, sign(honest), [], ['nonsense']))).toEqual(['checkpoint']);
    expect(faults(await verify(served, 'nonsense'))).toEqual(['checkpoint']);
  });

  it('finds a forked, a forged and a foreign earlier checkpoint', async () => {
    const other = honest.with(5, Buffer.from('other'));
    const stranger = noteSigner(ORIGIN, Buffer.alloc(32, 2));
    const earlier = [
      sign(other.slice(0, 600)),
      sign(honest.slice(0, 10), stranger),
      sign([...honest, Buffer.from('one more')]),
    ];
    const report = await verify(serve(honest), sign(honest), earlier);
    expect(faults(report)).toEqual(['earlier-checkpoint', `shrunk ${SIZE + 1}`, 'fork 600']);
  });

  it('finds a missing, a short and a changed tile, and goes on', async () => {
    const served = serve(honest);
    served.delete('tile/0/000');
    served.set('tile/0/001', served.get('tile/0/001')!.subarray(32));
    served.set('tile/1/000.p/2', Buffer.alloc(64));
    expect(faults(await verify(served, sign(honest)))).toEqual(['missing', 'malformed', 'tile 0']);
  });

  it('stops at a missing or cut off bundle, because nothing after it can be known', async () => {
    const served = serve(honest);
    served.delete('tile/entries/001');
    expect(faults(await verify(served, sign(honest)))).toEqual(['missing']);
    served.set('tile/entries/001', serve(honest).get('tile/entries/001')!.subarray(0, -1));
    expect(faults(await verify(served, sign(honest)))).toEqual(['malformed 256']);
  });
});

describe('verifying the log that the server keeps', () => {
  let report: LogReport;
  const progress: number[] = [];

  beforeAll(async () => {
    const ctx = await testContext();
    await ctx.db.transaction((tx) => append(ctx, tx, honest.slice(0, 555)));
    await ctx.db.transaction((tx) => append(ctx, tx, honest.slice(555)));
    report = await verifyLog({
      fetchTile: (path) => tile(ctx, path),
      checkpoint: sign(honest),
      vkeys: [signer.vkey],
      earlier: [sign(honest.slice(0, 555))],
      onProgress: (done) => progress.push(done),
    });
  });

  it('finds every tile in its place', () => {
    expect(report).toMatchObject({ ok: true, size: SIZE, problems: [] });
    expect(progress).toEqual([256, 512, 700]);
  });
});
