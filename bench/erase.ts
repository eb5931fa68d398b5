/** Erasing a customer with 100,000 events against one with 10, until acknowledged. */
import { collect } from '../src/collect/collect.ts';
import { erase } from '../src/rights/erase.ts';
import { type Bench, timed } from './bench.ts';
import { makeWorld, type World } from './world.ts';

const MANY = 100_000;
const FEW = 10;

async function customer({ ctx, source }: World, userId: string, events: number): Promise<string> {
  await collect(ctx, source, {
    events: [{ type: 'identify', userId, traits: { email: `${userId}@example.com` } }],
  });
  for (let done = 0; done < events; done += 2000)
    await collect(ctx, source, {
      events: Array.from({ length: Math.min(2000, events - done) }, () => ({
        type: 'track',
        event: 'Signed In',
        userId,
        properties: { method: 'passkey' },
      })),
    });
  const { rows } = await ctx.db.query<{ customer_id: string }>({
    text: 'SELECT customer_id FROM bailee.identifier WHERE kind = 1 ORDER BY created_at DESC, customer_id DESC LIMIT 1',
  });
  return rows[0]!.customer_id;
}

export const eraseBench: Bench = {
  name: 'erase',
  what: 'a customer with 100,000 events against one with 10, until acknowledged',
  better: 'lower',
  goal: 1.5,
  async run(runs) {
    const world = await makeWorld();
    try {
      const one = (id: string) =>
        timed(() =>
          erase(world.ctx, { actor: { type: 'operator' }, customer: id, evidence: { reason: 'bench' } }),
        );
      for (let warm = 0; warm < 10; warm += 1) await one(await customer(world, `warm${warm}`, FEW));
      const pairs = [];
      for (let run = 0; run < runs; run += 1) {
        const small = await customer(world, `few${run}`, FEW);
        const large = await customer(world, `many${run}`, MANY);
        pairs.push({ oursMs: await one(large), baselineMs: await one(small) });
      }
      return pairs;
    } finally {
      await world.close();
    }
  },
};
