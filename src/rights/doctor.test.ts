import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { eraseByEmail, shopOf } from '../../test/kit/backup.ts';
import { environmentRoot } from '../keys/root-environment.ts';
import { examine, type Finding } from './doctor.ts';
import { makeMonths } from './months.ts';
import { rotateKeys } from './rotate.ts';
import { sweep } from './sweep.ts';

let made: Awaited<ReturnType<typeof shopOf>>;
beforeAll(async () => {
  made = await shopOf(['ada', 'grace']);
  await makeMonths(made.ctx);
});

async function finding(check: Finding['check'], ctx = made.ctx): Promise<Finding> {
  return (await examine(ctx)).find((each) => each.check === check)!;
}

describe('the doctor', () => {
  it('finds no fault in an installation that is well', async () => {
    const findings = await examine(made.ctx);
    expect(findings.filter((each) => each.state === 'fault')).toEqual([]);
    expect(new Set(findings.map((each) => each.check)).size).toBe(findings.length);
  });

  it('prints until when copies of keys live, and from when they are dead', async () => {
    expect((await finding('key-backups')).says).toContain('No epoch was destroyed yet');
    made.ctx.clock.advance(3_600_000);
    await rotateKeys(made.ctx);
    const { says, facts } = await finding('key-backups');
    const since = new Date(made.ctx.clock.now()).toISOString();
    expect(facts).toEqual({ deadBefore: since, aliveSince: since, epoch: 2 });
    expect(says).toContain(`Copies of keys from before ${since} are dead.`);
    expect(says).toContain('epoch 2 is destroyed');
  });

  it('sees a root that is not the right one', async () => {
    const wrong = { ...made.ctx, root: environmentRoot(Buffer.alloc(32, 7), null) };
    expect(await finding('root', wrong)).toMatchObject({
      state: 'fault',
      facts: { code: 'epoch_destroyed' },
    });
  });

  it('counts erasures that are not swept, and minds them after a day', async () => {
    const { ctx, shop } = made;
    await eraseByEmail(ctx, shop, 'grace');
    expect(await finding('erasures')).toMatchObject({ state: 'ok', facts: { count: 1 } });
    ctx.clock.advance(25 * 3_600_000);
    expect((await finding('erasures')).state).toBe('fault');
    const { rows } = await ctx.db.query<{ id: string }>({ text: 'SELECT id FROM bailee.erasure' });
    await sweep(ctx, rows[0]!.id);
    expect(await finding('erasures')).toMatchObject({ state: 'ok', facts: { count: 0 } });
  });

  it('misses an erasure that the journal does not hold, and a line that cannot be read', async () => {
    const path = join(made.ctx.folder, 'erasures.jsonl');
    expect(await finding('journal')).toMatchObject({ state: 'ok', facts: { missing: 0, unreadable: 0 } });
    rmSync(path);
    appendFileSync(path, 'half a li');
    expect(await finding('journal')).toMatchObject({ state: 'notice', facts: { missing: 1, unreadable: 1 } });
  });

  it('sees a ledger whose entries were changed', async () => {
    const { ctx } = made;
    expect(await finding('ledger')).toMatchObject({ state: 'ok' });
    await ctx.db.query({ text: "UPDATE bailee.ledger_entry SET leaf = '\\x00' WHERE index = 0" });
    expect(await finding('ledger')).toMatchObject({ state: 'fault' });
    await ctx.db.query({ text: 'DELETE FROM bailee.ledger_entry WHERE index = 0' });
    expect(await finding('ledger')).toMatchObject({ state: 'fault', facts: { code: 'ledger_damaged' } });
  });

  it('minds entries and messages that nobody comes for', async () => {
    const { ctx } = made;
    await ctx.db.query({
      text: 'INSERT INTO bailee.ledger_queue (id, customer_id, opening_id, leaf) VALUES ($1, $1, $1, $2)',
      values: [ctx.random.id(), Buffer.from('leaf')],
    });
    expect((await finding('queue')).state).toBe('ok');
    ctx.clock.advance(3_600_000);
    expect((await finding('queue')).state).toBe('fault');
    expect((await finding('outbox')).state).toBe('fault');
  });
});
