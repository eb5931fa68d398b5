/** Three bugs, planted in a copy of what was built: a judge that does not catch them is no judge. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

interface Patch {
  /** In `dist/src`. */
  readonly file: string;
  readonly from: RegExp;
  readonly to: string;
}

export interface Mutant {
  readonly name: string;
  readonly patches: readonly Patch[];
  /** What its discovery says; another complaint alone does not count as caught. */
  readonly caughtBy: RegExp;
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'entry after release',
    patches: [
      {
        file: 'gate/open.js',
        from: /ctx\.db\.transaction\(\(tx\) => openBatch\(ctx, tx, inputs, sent\)\)/g,
        to: `new Promise((release, refuse) => {
          ctx.db.transaction(async (tx) => release(await openBatch(ctx, tx, inputs, sent))).catch(refuse);
        })`,
      },
    ],
    caughtBy: /^P1/,
  },
  {
    name: 'key read from cache',
    patches: [
      {
        file: 'keys/ring.js',
        from: /\badd\(row\) \{/g,
        to: `add(given) {
        const remembered = (this.#ctx.root.remembered ??= new Map());
        const place = given.customer_id + '/' + given.class;
        if (!remembered.has(place) && isLive(given)) remembered.set(place, given);
        const row = remembered.get(place) ?? given;`,
      },
    ],
    caughtBy: /^P2/,
  },
  {
    name: 'dedupe after insert',
    patches: [
      {
        file: 'vault/write.js',
        from: /INSERT INTO bailee\.message[^;]*? RETURNING token/g,
        to: `SELECT t AS token FROM sent WHERE $3::timestamptz IS NOT NULL
           AND NOT EXISTS (SELECT FROM bailee.message m WHERE m.store_id = $1 AND m.token = t)`,
      },
      {
        file: 'collect/collect.js',
        from: /const stored = await withLocks\(ctx, \{ source, read, receivedAt, deduplicate: true \}\);/g,
        to: `const stored = await withLocks(ctx, { source, read, receivedAt, deduplicate: true });
    const { messageToken } = await import('../keys/blind.js');
    const ids = read.flatMap(({ messageId }) => messageId ?? []);
    await ctx.db.transaction((tx) => tx.query({
        text: 'INSERT INTO bailee.message SELECT $1, t, $3 FROM unnest($2::bytea[]) AS t ON CONFLICT DO NOTHING',
        values: [source.store, ids.map((id) => messageToken(ctx, source.store, id)), new Date(receivedAt)],
    }));`,
      },
    ],
    caughtBy: /^P4.*(times|twice)/,
  },
];

export interface Planted {
  /** The worker of the copy. */
  readonly worker: string;
  remove(): void;
}

/** Copies what was built and plants the bug. Throws when the text that it replaces is not there exactly once. */
export function plant(mutant: Mutant): Planted {
  const folder = mkdtempSync(join(tmpdir(), 'bailee-mutant-'));
  for (const name of ['node_modules', 'packs', 'migrations'])
    symlinkSync(join(ROOT, name), join(folder, name));
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  for (const part of ['src', 'contract', 'accept'])
    cpSync(join(ROOT, 'dist', part), join(folder, 'dist', part), { recursive: true });
  for (const { file, from, to } of mutant.patches) {
    const path = join(folder, 'dist/src', file);
    const before = readFileSync(path, 'utf8');
    if (before.match(from)?.length !== 1) {
      rmSync(folder, { recursive: true, force: true });
      throw new Error(
        `The bug "${mutant.name}" cannot be planted: ${file} has changed. Mend accept/crash/mutants.ts.`,
      );
    }
    writeFileSync(
      path,
      before.replace(from, () => to),
    );
  }
  return {
    worker: join(folder, 'dist/accept/crash/worker.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
