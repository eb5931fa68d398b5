import { beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../src/gate/actor.ts';
import { answerCaller } from '../../src/gate/callers/answer.ts';
import { askCaller } from '../../src/gate/callers/ask.ts';
import { erase } from '../../src/rights/erase.ts';
import { retire } from '../../src/rights/retention.ts';
import { sweep } from '../../src/rights/sweep.ts';
import { POSTGRES_REASON, postgres } from '../kit/context.ts';
import { OPERATOR } from '../kit/erase.ts';
import { type TestGate, testGate, testStore } from '../kit/gate.ts';
import { personOf } from '../kit/people.ts';
import { testServer } from '../kit/server.ts';
import { bought, count, identify, opened, shop } from '../kit/shop.ts';
import { Browser, joined } from '../kit/staff.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SERVICE = 'customer-service';

interface Asked {
  readonly check: string;
  readonly questions: readonly { readonly question: string; readonly options: readonly string[] }[];
}

function customers(ctx: TestGate, store: Awaited<ReturnType<typeof testStore>>) {
  const server = shop(ctx, store.server);
  return async (name: string): Promise<string> => {
    const who = { userId: name };
    const traits = { name: `${name} Souza`, address: { street: 'Lindenweg 4', postalCode: '10117' } };
    await server.send(
      identify(name, { traits }),
      bought(who, `o-${name}`),
      opened(who, `t-${name}`, { order_id: `o-${name}` }),
    );
    return server.idOf('userId', name);
  };
}

const RIGHT: Readonly<Record<string, string>> = {
  'last-order-month': '11',
  'last-order-amount': '20-50 EUR',
  'orders-this-year': '1',
  'postal-code-end': '17',
};
const rightOf = ({ questions }: Asked) => questions.map(({ question }) => RIGHT[question]!);
/** The last answer is wrong. */
const wrongOf = (asked: Asked) => {
  const right = rightOf(asked);
  const other = asked.questions.at(-1)!.options.find((option) => option !== right.at(-1))!;
  return [...right.slice(0, -1), other];
};
const told = (done: Promise<unknown>) =>
  done.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );

describe('a caller, at the console', () => {
  let ctx: TestGate;
  let customer: ReturnType<typeof customers>;
  let support: Browser;
  let officer: Browser;
  let auditor: Browser;
  beforeAll(async () => {
    ctx = await testGate();
    const store = await testStore(ctx);
    customer = customers(ctx, store);
    const { server } = await testServer(ctx);
    const of = async (role: 'support' | 'privacy-officer' | 'auditor') =>
      new Browser(server, (await joined(ctx, store.id, [role])).session);
    support = await of('support');
    officer = await of('privacy-officer');
    auditor = await of('auditor');
  });
  const ask = (id: string, name: string) =>
    support.post(`/api/customers/${id}/verify-caller`, {
      purpose: SERVICE,
      evidence: { case: `t-${name}` },
    });
  const answer = (id: string, check: string, answers: readonly string[]) =>
    support.post(`/api/customers/${id}/verify-caller/${check}/answer`, { answers });
  const page = async (id: string, name: string) =>
    (
      await support.post(`/api/customers/${id}/profile`, {
        purpose: SERVICE,
        evidence: { case: `t-${name}` },
      })
    ).json();

  it('who is right passes, and the page of the customer says so for half an hour', async () => {
    const ana = await customer('ana');
    const asked = (await ask(ana, 'ana')).json() as Asked;
    const passed = await answer(ana, asked.check, rightOf(asked));
    expect(passed.json()).toMatchObject({ passed: true, verifiedUntil: expect.any(String) });
    const shown = await page(ana, 'ana');
    expect(shown.verified).toMatchObject({ until: passed.json().verifiedUntil });
    expect(shown.cases).toMatchObject([{ customer: ana, status: expect.any(String) }]);
    expect(shown.fields['identity.name']).toMatchObject({ value: 'ana Souza' });
  });

  it('nothing that the agent receives says which option is right, nor which answer was wrong', async () => {
    const bea = await customer('bea');
    const first = await ask(bea, 'bea');
    const asked = first.json() as Asked;
    expect(Object.keys(asked).toSorted()).toEqual(['check', 'questions', 'until']);
    for (const each of asked.questions) {
      expect(Object.keys(each).toSorted()).toEqual(['options', 'question']);
      expect(each.options).toHaveLength(5);
    }
    expect(first.body).not.toMatch(/10117|Linden|Souza|o-bea/);
    const failed = await answer(bea, asked.check, wrongOf(asked));
    expect(failed.json()).toEqual({ passed: false, verifiedUntil: null });
    // Asked again, the same questions have the same options: comparing them tells nothing either.
    expect(((await ask(bea, 'bea')).json() as Asked).questions).toEqual(asked.questions);
    expect((await page(bea, 'bea')).verified).toBeNull();
  });

  it('three wrong callers, and nobody is asked any more that day', async () => {
    const cleo = await customer('cleo');
    for (let at = 0; at < 3; at += 1) {
      const asked = (await ask(cleo, 'cleo')).json() as Asked;
      expect((await answer(cleo, asked.check, wrongOf(asked))).json().passed).toBe(false);
    }
    const refused = await ask(cleo, 'cleo');
    expect([refused.statusCode, refused.json().error.code]).toEqual([429, 'too_many_tries']);
  });

  it('every step of the check is a look that is proved to the auditor and to the privacy officer', async () => {
    const dora = await customer('dora');
    const asked = (await ask(dora, 'dora')).json() as Asked;
    await answer(dora, asked.check, wrongOf(asked));
    for (const browser of [auditor, officer]) {
      const { looks } = (await browser.post(`/api/customers/${dora}/looked`, {})).json() as {
        looks: { kind: string; step: string; ledgerIndex: number; actor: { id: string | null } }[];
      };
      const steps = looks.filter(({ kind }) => kind === 'caller-check');
      expect(steps.map(({ step }) => step)).toEqual(['failed', 'answered', 'asked']);
      for (const { ledgerIndex, actor } of steps) {
        expect(actor.id).not.toBeNull();
        const proof = await browser.get(`/api/ledger/entries/${ledgerIndex}`);
        expect(proof.json()).toMatchObject({ index: ledgerIndex, checkpoint: expect.any(String) });
      }
    }
  });
});

describe('what is kept of checks', () => {
  it('goes a day after, and with an erasure', async () => {
    const ctx = await testGate();
    const store = await testStore(ctx);
    const customer = customers(ctx, store);
    const support = await personOf(ctx, store.id, 'support');
    const ask = (of: string, name: string) =>
      askCaller(ctx, { actor: support, customer: of, purpose: SERVICE, evidence: { case: `t-${name}` } });
    const [eva, fay] = [await customer('eva'), await customer('fay')];
    await ask(eva, 'eva');
    await ask(fay, 'fay');
    const kept = (more = '') => count(ctx, `bailee.caller_check ${more}`);
    const { erasure } = await erase(ctx, { actor: OPERATOR, customer: fay, evidence: { reason: 'asked' } });
    await sweep(ctx, erasure);
    expect(await kept()).toBe(1);
    ctx.clock.advance(10 * MINUTE);
    await retire(ctx);
    expect(await kept('WHERE sealed IS NOT NULL')).toBe(0);
    expect(await kept()).toBe(1);
    ctx.clock.advance(DAY);
    await retire(ctx);
    expect(await kept()).toBe(0);
  });
});

const title = postgres === null ? `many callers at once: ${POSTGRES_REASON}` : 'many callers at once';
describe.skipIf(postgres === null)(title, () => {
  it('fail no more than three times in a day, however they hurry', async () => {
    const ctx = await testGate({ engine: 'postgres', pool: 8 });
    const store = await testStore(ctx);
    const gus = await customers(ctx, store)('gus');
    const agents: Person[] = [];
    for (let at = 0; at < 8; at += 1) agents.push(await personOf(ctx, store.id, 'support'));
    const evidence = { case: 't-gus' };
    const tries = await Promise.all(
      agents.map(async (actor) => {
        const outcomes: string[] = [];
        for (let at = 0; at < 4; at += 1)
          outcomes.push(
            await told(
              askCaller(ctx, { actor, customer: gus, purpose: SERVICE, evidence }).then((asked) =>
                answerCaller(ctx, { actor, customer: gus, check: asked.check, answers: wrongOf(asked) }),
              ),
            ),
          );
        return outcomes;
      }),
    );
    const all = tries.flat();
    const failed = () => count(ctx, "bailee.caller_check WHERE state = 'failed'");
    expect(all.filter((each) => !['done', 'conflict', 'too_many_tries'].includes(each))).toEqual([]);
    expect(await failed()).toBe(all.filter((each) => each === 'done').length);
    expect(await failed()).toBeLessThanOrEqual(3);
    const [actor] = agents as [Person];
    for (let at = 0; at < 4; at += 1)
      await told(
        askCaller(ctx, { actor, customer: gus, purpose: SERVICE, evidence }).then((asked) =>
          answerCaller(ctx, { actor, customer: gus, check: asked.check, answers: wrongOf(asked) }),
        ),
      );
    expect(await failed()).toBe(3);
  });
});
