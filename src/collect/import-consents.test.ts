import { beforeAll, describe, expect, it } from 'vitest';
import { type TestGate, testGate, testStore } from '../../test/kit/gate.ts';
import { chose, identify, shop } from '../../test/kit/shop.ts';
import { importConsents } from './import-consents.ts';

let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let server: ReturnType<typeof shop>;
beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  server = shop(ctx, store.server);
});

const proof = { kind: 'form', reference: 'newsletter form of 2025-03-01, submission 17' };
const line = (userId: string, more: object = {}) => ({
  userId,
  purpose: 'marketing-email',
  state: 'granted',
  at: '2025-03-01T10:00:00Z',
  how: 'checkout',
  proof,
  ...more,
});
const bring = (...lines: unknown[]) => importConsents(ctx, store.id, lines);
const standing = async (userId: string) => server.standing(await server.idOf('userId', userId));

describe('a consent of another system', () => {
  it('is brought in once, with its proof, also when the file is brought in again', async () => {
    expect(await bring(line('known'))).toEqual({ recorded: 1, unchanged: 0, refused: [] });
    expect(await bring(line('known'))).toEqual({ recorded: 0, unchanged: 1, refused: [] });
    expect(await standing('known')).toEqual({ 'marketing-email': 'granted' });
    const { rows } = await ctx.db.query({
      text: "SELECT how, place, occurred_at, received_at FROM bailee.choice WHERE how = 'imported'",
    });
    expect(rows).toMatchObject([
      { how: 'imported', place: 'checkout', occurred_at: new Date('2025-03-01T10:00:00Z') },
    ]);
    expect((rows[0]!.received_at as Date).getTime()).toBe(ctx.clock.now());
  });

  it('never widens what the person refused here, whatever its date; a refusal always narrows', async () => {
    await server.send(
      identify('firm'),
      chose({ userId: 'firm' }, { 'marketing-email': false, analytics: true }),
    );
    const later = line('firm', { at: new Date(ctx.clock.now()).toISOString() });
    expect(await bring(later)).toMatchObject({ recorded: 0, unchanged: 1 });
    expect(
      await bring(line('firm', { purpose: 'analytics', state: 'refused', proof: undefined })),
    ).toMatchObject({ recorded: 1 });
    expect(await standing('firm')).toEqual({ 'marketing-email': 'refused', analytics: 'refused' });
  });

  it('without proof, for an unknown purpose, from the future or of nobody is refused, and its neighbors are kept', async () => {
    const answer = await bring(
      line('neighbor'),
      line('x', { proof: undefined }),
      line('x', { purpose: 'everything' }),
      line('x', { at: '2099-01-01T00:00:00Z' }),
      line('null'),
      'no object',
    );
    expect(answer.recorded).toBe(1);
    expect(answer.refused.map((each) => each.line)).toEqual([1, 2, 3, 4, 5]);
    expect(JSON.stringify(answer)).not.toContain('everything');
  });
});
