/** Appending 256 entries a batch, durable, against one committed bulk INSERT of the same bytes. */
import { append } from '../src/ledger/append.ts';
import { commit } from '../src/ledger/leaf.ts';
import { byteaArray } from '../src/platform/binary-array.ts';
import { type Bench, timed } from './bench.ts';
import { makeWorld } from './world.ts';

const BATCH = 256;
const BATCHES = 60;

export const ledgerBench: Bench = {
  name: 'ledger',
  what: `${BATCHES} durable appends of ${BATCH} entries against as many committed bulk INSERTs of the same bytes`,
  better: 'higher',
  goal: 0.5,
  async run(runs) {
    const { ctx, pool, close } = await makeWorld();
    try {
      const leaves = Array.from({ length: BATCH }, (_, at) =>
        commit({ v: 1, kind: 'bench', at }, ctx.random.bytes(32)),
      );
      await pool.query(
        'CREATE TABLE plain (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, leaf bytea NOT NULL)',
      );
      const ours = async () => {
        for (let batch = 0; batch < BATCHES; batch += 1)
          await ctx.db.transaction((tx) => append(ctx, tx, leaves));
      };
      const baseline = async () => {
        for (let batch = 0; batch < BATCHES; batch += 1)
          await pool.query({
            name: 'plain',
            text: 'INSERT INTO plain (leaf) SELECT unnest($1::bytea[])',
            values: [byteaArray(leaves)],
          });
      };
      await ours();
      await baseline();
      const pairs = [];
      for (let run = 0; run < runs; run += 1)
        pairs.push({ oursMs: await timed(ours), baselineMs: await timed(baseline) });
      return pairs;
    } finally {
      await close();
    }
  },
};
