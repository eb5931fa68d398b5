import { beforeAll, describe, expect, it } from 'vitest';
import { type TestGate, testGate, testStore } from '../../../test/kit/gate.ts';
import { joined } from '../../../test/kit/staff.ts';
import { afterPassword } from '../sign-in/sign-in.ts';
import { readSession } from './read.ts';
import { endSessions, sessionsOf } from './sql.ts';

let ctx: TestGate;
let store: string;
beforeAll(async () => {
  ctx = await testGate();
  store = (await testStore(ctx)).id;
});

const now = () => new Date(ctx.clock.now());

describe('a session', () => {
  it('is over with the work of its person, even where nobody ended it', async () => {
    const ana = await joined(ctx, store, ['support']);
    expect(await readSession(ctx, ana.session)).toMatchObject({ id: ana.id, role: 'support' });
    expect(await sessionsOf(ctx.db, ana.id, now())).toHaveLength(1);
    await ctx.db.query({ text: `UPDATE bailee.person SET state = 'left' WHERE id = $1`, values: [ana.id] });
    expect(await readSession(ctx, ana.session)).toBeNull();
    expect(await sessionsOf(ctx.db, ana.id, now())).toEqual([]);
  });

  it('is not even begun for whoever left, and for nobody, whatever was proved before', async () => {
    const dan = await joined(ctx, store, ['support']);
    const half = (id: string) =>
      ctx.db.transaction((tx) => afterPassword(ctx, tx, id, { device: 'Firefox on Linux' }));
    expect(await half(dan.id)).toMatchObject({ next: 'code' });
    await ctx.db.query({ text: `UPDATE bailee.person SET state = 'left' WHERE id = $1`, values: [dan.id] });
    for (const id of [dan.id, ctx.random.id()])
      await expect(half(id)).rejects.toMatchObject({ code: 'sign_in_refused' });
  });

  it('ends once: what is over already, and what is another’s, is not counted as ended', async () => {
    const [bea, cem] = [await joined(ctx, store, ['support']), await joined(ctx, store, ['support'])];
    const { session } = (await readSession(ctx, bea.session))!;
    expect(await endSessions(ctx.db, cem.id, now(), session)).toBe(0);
    expect(await endSessions(ctx.db, bea.id, now(), session)).toBe(1);
    expect(await endSessions(ctx.db, bea.id, now(), session)).toBe(0);
    expect(await readSession(ctx, bea.session)).toBeNull();
    expect(await readSession(ctx, cem.session)).not.toBeNull();
  });
});
