/** A customer with every kind of record, each value planted once: what is handed out, and what goes, is then counted. */
import { RETENTION_CLASSES } from '../../contract/names.ts';
import { addMessage } from '../../src/cases/add-message.ts';
import { createCase } from '../../src/cases/create.ts';
import { open } from '../../src/gate/open.ts';
import { COLUMNS } from '../../src/keys/columns.ts';
import { makeMissing, readRing } from '../../src/keys/ring.ts';
import { sealFor } from '../../src/vault/write.ts';
import type { TestGate, testStore } from './gate.ts';
import { personOf } from './people.ts';
import { chose, identify, shop, track } from './shop.ts';

export interface Subject {
  readonly customer: string;
  /** By where each was planted; letters and digits alone, that occur nowhere else. */
  readonly planted: Readonly<Record<string, string>>;
  /** Of these the ones that a tax duty keeps after an erasure. */
  readonly kept: readonly string[];
  /** Names of somebody else, which no package may hold. */
  readonly others: readonly string[];
}

const OTHERS = ['greta.fremd@else.example', '+49 30 901820'] as const;
/** Highly sensitive: described where a pack forbids to hand them out. */
export const FORBIDDEN = ['nationalId', 'iban'] as const;

/** `mark`: begins every planted value of this customer. */
export async function plantSubject(
  ctx: TestGate,
  store: Awaited<ReturnType<typeof testStore>>,
  mark: string,
): Promise<Subject> {
  const planted: Record<string, string> = {};
  const plant = (where: string) => {
    planted[where] = `${mark}${where.toLowerCase().replace(/[^a-z]/g, '')}q`;
    return planted[where];
  };
  const server = shop(ctx, store.server);
  const user = plant('userId');
  const who = { userId: user };
  const all = { analytics: true, personalization: true, 'marketing-email': true };
  // What needs a choice is not collected before it.
  await server.send(identify(user, { traits: {} }), chose(who, all));
  await server.send(
    {
      ...identify(user, {
        anonymousId: plant('device'),
        traits: {
          name: plant('name'),
          email: `${plant('email')}@example.com`,
          nationalId: plant('nationalId'),
          iban: plant('iban'),
          health: plant('health'),
          description: plant('description'),
          address: { street: plant('street'), city: plant('city') },
        },
      }),
    },
    track('Order Completed', who, {
      order_id: plant('order'),
      total: 30,
      currency: 'EUR',
      coupon: plant('coupon'),
      products: [{ product_id: 'p1', name: plant('product'), price: 10, quantity: 3 }],
      billing: { name: plant('payer'), street: plant('payerStreet') },
    }),
    track('Support Ticket Opened', who, {
      ticket_id: plant('ticket'),
      subject: plant('subject'),
      body: `${plant('body')} Please call ${OTHERS[1]} or write to ${OTHERS[0]}.`,
    }),
    track('Products Searched', who, { query: plant('search') }),
    { type: 'nonsense', userId: user, traits: { note: plant('nonsense') } },
  );
  await server.send({ type: 'alias', userId: user, previousId: plant('alias') });
  const customer = await server.idOf('userId', user);
  await atDesk(ctx, store.id, customer, plant);
  await setDown(ctx, store.id, customer, plant);
  const kept = ['order', 'coupon', 'product', 'payer', 'payerStreet'].map((where) => planted[where]!);
  return { customer, planted, kept, others: OTHERS };
}

type Plant = (where: string) => string;

/** What people of the shop do with a customer. */
async function atDesk(ctx: TestGate, store: string, customer: string, plant: Plant): Promise<void> {
  const support = await personOf(ctx, store, 'support');
  const made = await createCase(ctx, {
    actor: support,
    customer,
    kind: 'complaint',
    channel: 'phone',
    topic: 'product',
    subject: plant('ownSubject'),
    text: plant('ownBody'),
  });
  await addMessage(ctx, { actor: support, id: made.id, kind: 'answer', text: plant('answer') });
  await open(ctx, { actor: support, customer, purpose: 'customer-service', evidence: { case: made.id } });
}

/** Rows that take long to come about by themselves: as they would lie there. */
async function setDown(ctx: TestGate, store: string, customer: string, plant: Plant): Promise<void> {
  const at = new Date(ctx.clock.now());
  const later = new Date(ctx.clock.now() + 86_400_000);
  const tag = ctx.random.id();
  const run = (text: string, values: readonly unknown[]) => ctx.db.query({ text, values });
  await run(
    `INSERT INTO bailee.tag (id, store_id, name, meaning, rule, at_least, within_days, purposes, days, defined_by, defined_at)
     VALUES ($1, $2, $3, $4, 'orders', 1, 365, '{customer-service}', 90, $1, $5)`,
    [tag, store, `${plant('tag')}`, 'Buys often.', at],
  );
  await run(
    `INSERT INTO bailee.customer_tag (customer_id, tag_id, by_type, evidence, given_at, until) VALUES ($1, $2, 'job', 'rule', $3, $4)`,
    [customer, tag, at, later],
  );
  const junk = Buffer.alloc(40, 1);
  const id = () => ctx.random.id();
  await run(
    `INSERT INTO bailee.approval (id, store_id, customer_id, asked_by, role, fields, purpose, evidence, state, asked_at, until, sealed)
     VALUES ($1, $2, $3, $1, 'security', '{identity.passport}', 'fraud-prevention', 'case', 'asked', $4, $5, $6)`,
    [id(), store, customer, at, later, junk],
  );
  await run(
    `INSERT INTO bailee.break_glass (id, store_id, customer_id, person_id, role, purpose, broken_at, until, state, sealed)
     VALUES ($1, $2, $3, $1, 'support', 'customer-service', $4, $5, 'unreviewed', $6)`,
    [id(), store, customer, at, later, junk],
  );
  await run(
    `INSERT INTO bailee.alert (id, store_id, kind, person_id, customer_id, raised_at) VALUES ($1, $2, 'break-glass', $1, $3, $4)`,
    [id(), store, customer, at],
  );
  await run(
    `INSERT INTO bailee.caller_check (customer_id, id, store_id, asked_by, role, purpose, state, asked_at, until)
     VALUES ($1, $2, $3, $2, 'support', 'customer-service', 'failed', $4, $5)`,
    [customer, id(), store, at, later],
  );
  await attach(ctx, store, customer, plant);
}

/** A file of the customer's to the first case, and an answer that waits to be sent. */
async function attach(ctx: TestGate, store: string, customer: string, plant: Plant): Promise<void> {
  const { rows } = await ctx.db.query<{ id: string; customer_id: string }>({
    text: `SELECT c.id, c.customer_id FROM bailee.cases c WHERE c.customer_id = ANY (SELECT member FROM bailee.cluster(ARRAY[$1]::uuid[])) ORDER BY c.number LIMIT 1`,
    values: [customer],
  });
  const found = rows[0]!;
  const id = ctx.random.id();
  const at = new Date(ctx.clock.now());
  await ctx.db.transaction(async (tx) => {
    const ring = await readRing(ctx, tx, [found.customer_id]);
    await makeMissing(ctx, tx, ring, [{ customer: found.customer_id, class: RETENTION_CLASSES.service }]);
    const writer = { ctx, store, ring };
    const place = { customer: found.customer_id, retention: 'service' as const, row: id, rowVersion: 1 };
    const name = sealFor(
      writer,
      { ...place, field: COLUMNS.attachmentName },
      { name: `${plant('fileName')}.txt` },
    );
    const content = Buffer.from(plant('fileContent')).toString('base64');
    const sealed = sealFor(writer, { ...place, field: COLUMNS.attachment }, content);
    await tx.query({
      text: `INSERT INTO bailee.case_attachment (customer_id, case_id, message_id, id, type, bytes, name, sealed, received_at)
             VALUES ($1, $2, $2, $3, 'text/plain', 20, $4, $5, $6)`,
      values: [found.customer_id, found.id, id, name, sealed, at],
    });
    await tx.query({
      text: 'INSERT INTO bailee.case_mail (customer_id, case_id, message_id, store_id, tries, next_at) VALUES ($1, $2, $3, $4, 0, $5)',
      values: [found.customer_id, found.id, ctx.random.id(), store, at],
    });
  });
}
