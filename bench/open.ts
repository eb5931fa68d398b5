/** Opening a 20-field profile, keys warm: one at a time against a SELECT and a committed INSERT; and 64 at once against one at a time. */
import { collect } from '../src/collect/collect.ts';
import type { Actor } from '../src/gate/actor.ts';
import { open } from '../src/gate/open.ts';
import { type Bench, median, timed } from './bench.ts';
import { makeWorld, type World } from './world.ts';

const CUSTOMERS = 64;
const OPENINGS = 400;
const ROUNDS_OF_64 = 40;

const TRAITS = {
  name: 'Ana Maria Souza',
  firstName: 'Ana',
  lastName: 'Souza',
  birthday: '1988-04-12',
  gender: 'female',
  phone: '+4915112345678',
  title: 'Dr',
  username: 'ana',
  language: 'de',
  timezone: 'Europe/Berlin',
  address: { street: 'Lange Gasse 4', city: 'Jena', postalCode: '07743', country: 'DE' },
  company: 'Souza GmbH',
  website: 'https://example.com',
  description: 'a regular',
  plan: 'gold',
  nationality: 'BR',
  loyaltyTier: 'gold',
  loyaltyNumber: 'L-1',
  loyaltyPoints: 120,
  referralCode: 'ANA',
};

async function fill({ ctx, source }: World): Promise<string[]> {
  for (let at = 0; at < CUSTOMERS; at += 1)
    await collect(ctx, source, {
      events: [
        { type: 'identify', userId: `u${at}`, traits: { ...TRAITS, email: `u${at}@example.com` } },
        {
          type: 'track',
          event: 'Support Ticket Opened',
          userId: `u${at}`,
          properties: { ticket_id: `T-${at}`, subject: 'x' },
        },
      ],
    });
  const { rows } = await ctx.db.query<{ customer_id: string }>({
    text: `SELECT customer_id FROM bailee.identifier WHERE kind = 6 ORDER BY created_at, customer_id`,
  });
  return rows.map((row) => row.customer_id);
}

async function fieldsOf(world: World): Promise<string[]> {
  const { rows } = await world.ctx.db.query<{ field_id: number }>({
    text: 'SELECT DISTINCT field_id FROM bailee.field_value ORDER BY 1',
  });
  return rows.map((row) => world.ctx.catalog.fieldById.get(row.field_id)!.name).slice(0, 20);
}

function opener({ ctx, source }: World, ids: readonly string[], fields: readonly string[]) {
  const actor: Actor = { type: 'api-key', id: ctx.random.id(), store: source.store, role: 'privacy-officer' };
  return (at: number) =>
    open(ctx, {
      actor,
      customer: ids[at % ids.length]!,
      purpose: 'customer-service',
      fields,
      evidence: { reason: 'bench' },
    });
}

async function p50(times: number, work: (at: number) => Promise<unknown>): Promise<number> {
  const each: number[] = [];
  for (let at = 0; at < times; at += 1) each.push(await timed(() => work(at)));
  return median(each);
}

export const openBench: Bench = {
  name: 'open',
  what: `a 20-field profile, one at a time, p50 of ${OPENINGS}, against a SELECT of that row and a committed INSERT`,
  better: 'lower',
  goal: 2,
  async run(runs) {
    const world = await makeWorld();
    try {
      const ids = await fill(world);
      const fields = await fieldsOf(world);
      if (fields.length !== 20) throw new Error(`The profile has ${fields.length} fields, not 20.`);
      const ours = opener(world, ids, fields);
      const { pool } = world;
      await pool.query('CREATE TABLE profile (id uuid PRIMARY KEY, body jsonb NOT NULL)');
      await pool.query('CREATE TABLE looked (id bigserial PRIMARY KEY, body jsonb NOT NULL)');
      const body = JSON.stringify({ ...TRAITS, email: 'u@example.com' });
      for (const id of ids) await pool.query('INSERT INTO profile VALUES ($1, $2)', [id, body]);
      const entry = JSON.stringify({ kind: 'opening', purpose: 'customer-service', fields });
      const baseline = async (at: number) => {
        await pool.query({
          name: 'p',
          text: 'SELECT body FROM profile WHERE id = $1',
          values: [ids[at % ids.length]],
        });
        await pool.query({ name: 'l', text: 'INSERT INTO looked (body) VALUES ($1)', values: [entry] });
      };
      await p50(100, ours);
      await p50(100, baseline);
      const pairs = [];
      for (let run = 0; run < runs; run += 1)
        pairs.push({ oursMs: await p50(OPENINGS, ours), baselineMs: await p50(OPENINGS, baseline) });
      return pairs;
    } finally {
      await world.close();
    }
  },
};

export const open64Bench: Bench = {
  name: 'open-64',
  what: 'milliseconds an opening: 64 at once against one at a time',
  better: 'higher',
  goal: 8,
  async run(runs) {
    const world = await makeWorld();
    try {
      const ids = await fill(world);
      const one = opener(world, ids, await fieldsOf(world));
      const together = async () => {
        for (let round = 0; round < ROUNDS_OF_64; round += 1)
          await Promise.all(Array.from({ length: 64 }, (_, at) => one(at)));
      };
      const alone = async () => {
        for (let at = 0; at < OPENINGS; at += 1) await one(at);
      };
      await alone();
      await together();
      const pairs = [];
      for (let run = 0; run < runs; run += 1)
        pairs.push({
          oursMs: (await timed(together)) / (ROUNDS_OF_64 * 64),
          baselineMs: (await timed(alone)) / OPENINGS,
        });
      return pairs;
    } finally {
      await world.close();
    }
  },
};
