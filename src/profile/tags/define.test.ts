import { beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '../../../contract/names.ts';
import { type TestGate, testGate, testStore } from '../../../test/kit/gate.ts';
import { personOf } from '../../../test/kit/people.ts';
import { count } from '../../../test/kit/shop.ts';
import type { Caller } from '../../gate/actor.ts';
import { type DefineTag, defineTag, retire } from './define.ts';
import { listTags } from './list.ts';
import { namesSomebody, sensitiveKind } from './sensitive.ts';

let made = 0;
let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let officer: Caller;
function fresh(): string {
  made += 1;
  return `Tag ${made}`;
}

beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  officer = await personOf(ctx, store.id, 'privacy-officer');
});

const define = (more: Partial<DefineTag> = {}) =>
  defineTag(ctx, {
    actor: officer,
    name: fresh(),
    meaning: 'Waits for a parcel that was sent again.',
    rule: null,
    purposes: ['customer-service'],
    days: 30,
    ...more,
  });
const told = (done: Promise<unknown>) =>
  done.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );

describe('a tag', () => {
  it('is defined by the privacy officer and by nobody else, by person or by key', async () => {
    for (const role of ROLES)
      expect(await told(define({ actor: store.actor(role) as Caller })), role).toBe(
        role === 'privacy-officer' ? 'done' : 'forbidden',
      );
    expect(await told(define({ actor: await personOf(ctx, store.id, 'support') }))).toBe('forbidden');
    const untrained = await personOf(ctx, store.id, 'privacy-officer', { trained: false });
    expect(await told(define({ actor: untrained }))).toBe('training_required');
    expect(await told(define({ actor: { ...officer, strength: 'one-factor' } as Caller }))).toBe('forbidden');
  });

  it.each([
    ['health', 'Diabetic products'],
    ['health', '孕妇用品'],
    ['belief', 'Buys for Christian holidays'],
    ['politics', 'Donated to a political party'],
    ['finances', 'Low income household'],
    ['finances', '负债客户'],
    ['origin', 'Refugees'],
  ])('that tells of %s is refused: "%s"', async (kind, text) => {
    expect(sensitiveKind(text)).toBe(kind);
    await expect(define({ name: text })).rejects.toMatchObject({ code: 'invalid_body', details: { kind } });
    await expect(define({ meaning: text })).rejects.toMatchObject({ code: 'invalid_body' });
  });

  it('that names somebody is refused', async () => {
    expect(namesSomebody('call +49 151 23456789 first')).toBe(true);
    expect(await told(define({ meaning: 'Write to ana.souza@example.com first.' }))).toBe('invalid_body');
  });

  it('is refused without a word, and taken for what plainly tells nothing sensitive', async () => {
    expect(await told(define({ name: '  ' }))).toBe('invalid_body');
    for (const name of ['Illustrated books', 'Grace period', 'Enrichment course', 'Gift wrapping', '常客'])
      expect(sensitiveKind(name), name).toBeNull();
    expect(await told(define({ name: 'Regular', meaning: 'Orders often.' }))).toBe('done');
  });

  it('has a name of its own in its store, until it is retired', async () => {
    const { id } = await define({ name: 'Patient buyers'.replace('Patient', 'Careful') });
    expect(await told(define({ name: 'CAREFUL BUYERS' }))).toBe('conflict');
    expect((await listTags(ctx, officer)).map((tag) => tag.id)).toContain(id);
    const other = await testStore(ctx);
    expect((await listTags(ctx, other.actor('support') as Caller)).map((tag) => tag.id)).toEqual([]);
    expect(await told(retire(ctx, { actor: store.actor('support') as Caller, id }))).toBe('forbidden');
    expect(await told(retire(ctx, { actor: other.actor('privacy-officer') as Caller, id }))).toBe(
      'not_found',
    );
    await retire(ctx, { actor: officer, id });
    expect(await told(retire(ctx, { actor: officer, id }))).toBe('not_found');
    expect(await told(define({ name: 'careful buyers' }))).toBe('done');
  });

  it('is an entry in the ledger when it is defined and when it is retired', async () => {
    const entries = () => count(ctx, "bailee.opening WHERE kind = 'tag-definition'");
    const before = await entries();
    const { id } = await define();
    await retire(ctx, { actor: officer, id });
    expect((await entries()) - before).toBe(2);
  });
});
