import { beforeAll, describe, expect, it } from 'vitest';
import { OPERATOR } from '../../test/kit/erase.ts';
import { type TestGate, testGate, testStore } from '../../test/kit/gate.ts';
import { identify, shop } from '../../test/kit/shop.ts';
import { joined } from '../../test/kit/staff.ts';
import type { Caller, Person } from '../gate/actor.ts';
import { listAlerts } from '../gate/alerts/list.ts';
import { decideApproval } from '../gate/approvals/decide.ts';
import { askErasure } from '../gate/approvals/erasure.ts';
import { listApprovals } from '../gate/approvals/list.ts';
import { open } from '../gate/open.ts';
import { approversNow } from '../staff/people/approvers.ts';
import { registerAgent } from './drp/agents.ts';
import { erase } from './erase.ts';
import { createRequest } from './requests/create.ts';
import { askOwn } from './requests/own.ts';
import { stepRequest } from './requests/step.ts';
import { setShopify } from './shopify/settings.ts';

const HOUR = 3_600_000;
const REASON = { reason: 'asked by letter' } as const;

let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let server: ReturnType<typeof shop>;
let officer: Person;
let second: Person;
let support: Person;
let made = 0;
beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  server = shop(ctx, store.server);
  [officer, second, support] = [
    await working('privacy-officer'),
    await working('privacy-officer'),
    await working('support'),
  ];
});

async function working(role: Person['role'], at = store.id): Promise<Person> {
  const { id } = await joined(ctx, at, [role], { trained: true });
  return { type: 'person', id, store: at, role, session: ctx.random.id(), strength: 'stepped-up' };
}

async function customer(): Promise<string> {
  made += 1;
  await server.send(identify(`c-${made}`, { traits: { name: 'Ines Reis', email: `c${made}@example.com` } }));
  return server.idOf('userId', `c-${made}`);
}

const asked = async (author: Caller, of: string, proof?: 'document') =>
  (
    await createRequest(ctx, {
      ...{ author, customer: of, kind: 'erasure', channel: 'letter' },
      ...(proof === undefined ? {} : { proof }),
    })
  ).row;
const erased = (actor: Parameters<typeof erase>[1]['actor'], of: string, evidence: object = REASON) =>
  erase(ctx, { actor, customer: of, evidence: evidence as typeof REASON }).then(
    () => 'erased',
    (error: { code: string; details?: { needs?: string } }) => error.details?.needs ?? error.code,
  );
const question = (actor: Person, of: string) =>
  askErasure(ctx, { actor, customer: of, reason: 'a letter came', approvers: approversNow(ctx) });

describe('an erasure', () => {
  it('is not ordered by one hand: neither by a reason, nor by a proof that the same person saw', async () => {
    const of = await customer();
    expect(await erased(officer, of)).toBe('second-person');
    expect(await erased(store.actor('privacy-officer'), of)).toBe('second-person');
    const row = await asked(officer, of, 'document');
    expect(await erased(officer, of, { request: row.id })).toBe('second-person');
    // Fulfilling the request is the same erasure.
    await expect(stepRequest(ctx, { author: officer, id: row.id, step: 'fulfil' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await server.find('userId', `c-${made}`)).toBe(of);
  });

  it('goes by a request whose proof another person saw, or by the customer’s own sign-in', async () => {
    const seen = await customer();
    expect(await erased(officer, seen, { request: (await asked(support, seen, 'document')).id })).toBe(
      'erased',
    );
    const own = await customer();
    // Somebody of the shop said before that it was proved; the customer’s own word counts for more.
    const row = await asked(officer, own, 'document');
    await askOwn(ctx, { store: store.id, userId: `c-${made}` }, { kind: 'erasure' });
    await askOwn(ctx, { store: store.id, userId: `c-${made}` }, { kind: 'erasure' });
    expect(await erased(officer, own, { request: row.id })).toBe('erased');
  });

  it('is not let pass by the word of a platform or an agent that the same person made known', async () => {
    const admin = { ...officer, role: 'administrator' } as const;
    await setShopify(ctx, { actor: admin, domain: 'teas.myshopify.com', secrets: ['a secret of the app'] });
    await registerAgent(ctx, admin, { agent: 'AGENT', name: 'An agent', verifyKey: 'A'.repeat(43) });
    const { rows } = await ctx.db.query<{ id: string }>({ text: 'SELECT id FROM bailee.drp_agent' });
    const words = [
      { author: { type: 'shop', store: store.id }, proof: 'shop' },
      { author: { type: 'agent', id: rows[0]!.id, store: store.id }, proof: 'agent' },
    ] as const;
    for (const word of words) {
      const of = await customer();
      const made = { ...word, customer: of, kind: 'erasure', channel: 'shop' } as const;
      const { row } = await createRequest(ctx, made);
      expect(await erased(officer, of, { request: row.id })).toBe('second-person');
      expect(await erased(second, of, { request: row.id })).toBe('erased');
    }
  });

  it('needs more than an order that the customer knows', async () => {
    const of = await customer();
    const author = { type: 'customer', store: store.id } as const;
    const { row } = await createRequest(ctx, {
      ...{ author, customer: of, kind: 'erasure', channel: 'center', proof: 'order' },
    });
    expect(await erased(officer, of, { request: row.id })).toBe('second-person');
  });

  it('does not end its request when it was proved only meanwhile', async () => {
    const of = await customer();
    const row = await asked(support, of);
    const steps = await Promise.allSettled([
      stepRequest(ctx, { author: support, id: row.id, step: 'prove', proof: 'document' }),
      stepRequest(ctx, { author: officer, id: row.id, step: 'fulfil' }),
    ]);
    expect(steps[0]!.status).toBe('fulfilled');
    const gone = (await server.find('userId', `c-${made}`)) === null;
    expect(steps[1]!.status === 'fulfilled').toBe(gone);
  });

  it('takes a key for the hand of whoever made it', async () => {
    const of = await customer();
    const key = async (role: string, by: string | null) => {
      const id = ctx.random.id();
      await ctx.db.query({
        text: `INSERT INTO bailee.api_key (id, store_id, kind, role, hash, created_at, made_by)
               VALUES ($1, $2, 'api', $3, $4, $5, $6)`,
        values: [id, store.id, role, Buffer.from(id), new Date(ctx.clock.now()), by],
      });
      return { type: 'api-key', id, store: store.id, role } as Caller;
    };
    const [one, other, free] = [
      await key('support', officer.id),
      await key('privacy-officer', officer.id),
      await key('privacy-officer', null),
    ];
    const row = await asked(one, of, 'document');
    expect(await erased(other, of, { request: row.id })).toBe('second-person');
    expect(await erased(officer, of, { request: row.id })).toBe('second-person');
    expect(await erased(free, of, { request: row.id })).toBe('erased');
  });

  it('goes once by another person’s approval, and the approval opens no field', async () => {
    const of = await customer();
    const { id, state } = await question(officer, of);
    expect(state).toBe('asked');
    expect(await erased(officer, of)).toBe('second-person');
    await expect(decideApproval(ctx, { actor: officer, id, approve: true })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await decideApproval(ctx, { actor: second, id, approve: true });
    expect((await listApprovals(ctx, officer)).find((each) => each.id === id)).toMatchObject({
      ...{ act: 'erasure', fields: [], state: 'approved' },
    });
    const fields = ['identity.nationalId'];
    const { fields: shown } = await open(ctx, {
      ...{ actor: officer, customer: of, purpose: 'legal-duty', evidence: REASON, fields },
      reveal: { reason: 'to compare' },
    }).catch(() => ({ fields: {} as Record<string, { state: string }> }));
    expect(shown['identity.nationalId']?.state).not.toBe('revealed');
    // Another customer, and another person, are not what was approved.
    expect(await erased(officer, await customer())).toBe('second-person');
    expect(await erased(second, of)).toBe('second-person');
    expect(await erased(officer, of)).toBe('erased');
  });

  it('that was refused, or approved too long ago, does not go', async () => {
    const of = await customer();
    const no = await question(officer, of);
    await decideApproval(ctx, { actor: second, id: no.id, approve: false });
    expect(await erased(officer, of)).toBe('second-person');
    const late = await question(officer, of);
    await decideApproval(ctx, { actor: second, id: late.id, approve: true });
    ctx.clock.advance(HOUR);
    expect(await erased(officer, of)).toBe('second-person');
  });

  it('waits a day where nobody else could approve, and raises an alert', async () => {
    const small = await testStore(ctx);
    const alone = await working('privacy-officer', small.id);
    const there = shop(ctx, small.server);
    await there.send(identify('solo', { traits: { name: 'Ines Reis' } }));
    const of = await there.idOf('userId', 'solo');
    expect((await question(alone, of)).state).toBe('delayed');
    expect((await listAlerts(ctx, alone)).map(({ kind }) => kind)).toEqual(['approval-alone']);
    expect(await erased(alone, of)).toBe('second-person');
    ctx.clock.advance(24 * HOUR);
    expect(await erased(alone, of)).toBe('erased');
  });

  it('is asked of a second person by the privacy officer alone, never by a key', async () => {
    const of = await customer();
    await expect(question(support, of)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      askErasure(ctx, {
        ...{ actor: store.actor('privacy-officer'), customer: of, reason: 'x', approvers: approversNow(ctx) },
      }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('by the operator of the machine is the operator’s in the ledger', async () => {
    const done = await erase(ctx, { actor: OPERATOR, customer: await customer(), evidence: REASON });
    expect(done.receipt.entry).toMatchObject({ actor: { type: 'operator' } });
  });
});
