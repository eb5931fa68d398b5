import { beforeAll, describe, expect, it } from 'vitest';
import { everything, openText } from '../../../test/kit/everything.ts';
import { type TestGate, testGate, testStore } from '../../../test/kit/gate.ts';
import { personOf } from '../../../test/kit/people.ts';
import { bought, count, identify, opened, shop } from '../../../test/kit/shop.ts';
import { about } from '../about.ts';
import type { Caller, Person } from '../actor.ts';
import { looked } from '../looked.ts';
import { answerCaller } from './answer.ts';
import { type AskCaller, askCaller, type CallerAsked } from './ask.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let server: ReturnType<typeof shop>;
let support: Person;
let officer: Person;
beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  server = shop(ctx, store.server);
  support = await personOf(ctx, store.id, 'support');
  officer = await personOf(ctx, store.id, 'privacy-officer');
});

async function customer(name: string, orders = 1): Promise<string> {
  const who = { userId: name };
  const traits = { address: { street: 'Lindenweg 4', postalCode: '10117' }, birthday: '1990-02-19' };
  await server.send(
    identify(name, { traits }),
    ...Array.from({ length: orders }, (_, at) => bought(who, `o${at}-${name}`)),
    opened(who, `t-${name}`, orders === 0 ? {} : { order_id: `o0-${name}` }),
  );
  return server.idOf('userId', name);
}

const asks = (of: string, name: string, more: Partial<AskCaller> = {}) =>
  askCaller(ctx, {
    actor: support,
    customer: of,
    purpose: 'customer-service',
    evidence: { case: `t-${name}` },
    ...more,
  });
const RIGHT: Readonly<Record<string, () => string>> = {
  'last-order-month': () => String(new Date(ctx.clock.now()).getUTCMonth() + 1).padStart(2, '0'),
  'last-order-amount': () => '20-50 EUR',
  'orders-this-year': () => '1',
  'postal-code-end': () => '17',
  'birthday-day': () => '19',
};
const rightOf = ({ questions }: CallerAsked) => questions.map(({ question }) => RIGHT[question]!());
/** One of the options that is not right, for the question at this place. */
const wrongAt = (asked: CallerAsked, place: number) =>
  rightOf(asked).map((right, at) =>
    at === place ? asked.questions[at]!.options.find((option) => option !== right)! : right,
  );
const answers = (of: string, { check }: CallerAsked, given: readonly string[], actor: Caller = support) =>
  answerCaller(ctx, { actor, customer: of, check, answers: given });
const told = (done: Promise<unknown>) =>
  done.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );
const verified = async (of: string, name: string) =>
  (
    await about(ctx, {
      actor: support,
      customer: of,
      purpose: 'customer-service',
      evidence: { case: `t-${name}` },
    })
  ).verified;

describe('a caller who is checked by questions', () => {
  it('passes with every answer right, and that is evidence for the case for half an hour', async () => {
    const ana = await customer('ana');
    expect(await verified(ana, 'ana')).toBeNull();
    const asked = await asks(ana, 'ana');
    expect(Date.parse(asked.until)).toBe(ctx.clock.now() + 10 * MINUTE);
    expect(await answers(ana, asked, rightOf(asked))).toMatchObject({ passed: true });
    const found = await verified(ana, 'ana');
    expect(Date.parse(found!.until)).toBe(ctx.clock.now() + 30 * MINUTE);
    expect(found!.case).not.toBeNull();
    ctx.clock.advance(30 * MINUTE);
    expect(await verified(ana, 'ana')).toBeNull();
  });

  it('fails with any one answer wrong, and is not told which', async () => {
    for (const place of [0, 1, 2]) {
      const name = `bea${place}`;
      const bea = await customer(name);
      const asked = await asks(bea, name);
      expect(await answers(bea, asked, wrongAt(asked, place))).toEqual({
        passed: false,
        verifiedUntil: null,
      });
      expect(await verified(bea, name)).toBeNull();
    }
  });

  it('is asked what the gate may use for the purpose: a birthday only where it may', async () => {
    const cleo = await customer('cleo');
    const desk = await personOf(ctx, store.id, 'order-desk');
    const seen = new Set<string>();
    const desks = new Set<string>();
    for (let day = 0; day < 12; day += 1) {
      for (const { question } of (await asks(cleo, 'cleo')).questions) seen.add(question);
      const order = { actor: desk, purpose: 'order-fulfilment', evidence: { order: 'o0-cleo' } } as const;
      for (const { question } of (await asks(cleo, 'cleo', order)).questions) desks.add(question);
      ctx.clock.advance(DAY);
    }
    expect(seen.has('birthday-day')).toBe(false);
    expect(desks.has('birthday-day')).toBe(true);
  });

  it('after three failures within a day is asked no more, by nobody, and again a day later', async () => {
    const dora = await customer('dora');
    const waiting: CallerAsked[] = [];
    for (let at = 0; at < 3; at += 1) {
      const asked = await asks(dora, 'dora');
      waiting.push(asked);
      expect((await answers(dora, asked, wrongAt(asked, at))).passed).toBe(false);
    }
    expect(await told(asks(dora, 'dora'))).toBe('too_many_tries');
    expect(await told(asks(dora, 'dora', { actor: officer }))).toBe('too_many_tries');
    ctx.clock.advance(DAY);
    expect(await told(asks(dora, 'dora'))).toBe('done');
  });

  it('cannot try twice at once: of questions that are asked anew the older are over', async () => {
    const eva = await customer('eva');
    const [first, second] = [await asks(eva, 'eva'), await asks(eva, 'eva')];
    expect(await told(answers(eva, first, rightOf(first)))).toBe('conflict');
    const all = await Promise.all([1, 2, 3].map(() => told(answers(eva, second, rightOf(second)))));
    expect(all.toSorted()).toEqual(['conflict', 'conflict', 'done']);
  });

  it('is answered within ten minutes, whole, and by who asked', async () => {
    const fay = await customer('fay');
    const asked = await asks(fay, 'fay');
    const other = await personOf(ctx, store.id, 'support');
    expect(await told(answers(fay, asked, rightOf(asked), other))).toBe('not_found');
    expect(await told(answers(await customer('fred'), asked, rightOf(asked)))).toBe('not_found');
    expect(await told(answers(fay, asked, rightOf(asked).slice(1)))).toBe('invalid_body');
    ctx.clock.advance(10 * MINUTE);
    expect(await told(answers(fay, asked, rightOf(asked)))).toBe('conflict');
  });

  it('is not asked without evidence, by other roles, of a restricted customer, or when too little is known', async () => {
    const gus = await customer('gus');
    expect(await told(asks(gus, 'gus', { evidence: null }))).toBe('evidence_required');
    expect(await told(asks(gus, 'gus', { evidence: { case: 't-ana' } }))).toBe('evidence_mismatch');
    for (const role of ['marketing', 'analyst', 'administrator', 'auditor', 'security'] as const)
      expect(await told(asks(gus, 'gus', { actor: await personOf(ctx, store.id, role) })), role).toBe(
        'forbidden',
      );
    const untrained = await personOf(ctx, store.id, 'support', { trained: false });
    expect(await told(asks(gus, 'gus', { actor: untrained }))).toBe('training_required');
    await ctx.db.query({
      text: 'UPDATE bailee.customer SET restricted_at = $2 WHERE id = $1',
      values: [gus, new Date(ctx.clock.now())],
    });
    expect(await told(asks(gus, 'gus'))).toBe('forbidden');
    expect(await told(asks(await customer('hal', 0), 'hal'))).toBe('conflict');
  });

  it('leaves the right answers sealed while they are awaited, and nowhere afterwards', async () => {
    const ida = await customer('ida');
    const asked = await asks(ida, 'ida');
    expect(await openText(ctx)).not.toContain('EUR');
    const kept = async () =>
      (await everything(ctx, store.id)).filter(
        ({ table, customer: of }) => table === 'caller_check' && of === ida,
      );
    expect((await kept()).map(({ value }) => value)).toEqual([{ right: rightOf(asked) }]);
    await answers(ida, asked, rightOf(asked));
    expect(await kept()).toEqual([]);
  });

  it('is in the customer’s ledger: who asked for what, and what came of it', async () => {
    const jon = await customer('jon');
    const asked = await asks(jon, 'jon');
    await answers(jon, asked, wrongAt(asked, 0));
    const { looks } = await looked(ctx, { actor: officer, customer: jon, evidence: null });
    expect(looks.map(({ kind, step, actor }) => [kind, step, actor.id])).toEqual([
      ['caller-check', 'failed', support.id],
      ['caller-check', 'answered', support.id],
      ['caller-check', 'asked', support.id],
    ]);
    const entries = (await everything(ctx, store.id)).filter(
      ({ table, customer: of }) => table === 'opening' && of === jon,
    );
    expect(
      JSON.stringify(entries.filter(({ value }) => JSON.stringify(value).includes('caller-check'))),
    ).not.toMatch(/20-50 EUR/);
    expect(await count(ctx, 'bailee.caller_check WHERE customer_id = $1', [jon])).toBe(1);
  });
});
