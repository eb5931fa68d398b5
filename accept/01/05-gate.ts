/** The gate: what support sees, that every opening is in the ledger first, and that none outruns a withdrawal or an erasure. */
import type { AcceptLine } from '../line.ts';
import { Faults, onPostgres } from './faults.ts';
import { checkpoint, leafAt } from './log.ts';
import { raceChoices } from './race.ts';
import {
  ask,
  asOutsider,
  count,
  find,
  makeShop,
  type Opened,
  open,
  type Shop,
  send,
  serve,
  timeline,
  type Where,
} from './shop.ts';

const PHONE = '+4915112345678';
const NATIONAL_ID = 'L01X00T47-accept';
const ORDER = 'gate-1001';
const OTHER_ORDER = 'gate-1002';
const CASE = 'gate-T-1';
const ROUNDS = 6;
const QUICK_ROUNDS = 2;

interface Here {
  readonly url: string;
  readonly shop: Shop;
  readonly where: Required<Where>;
  readonly faults: Faults;
}

export const line: AcceptLine = {
  issue: 1,
  number: 5,
  title: 'The gate: masks, the ledger first, nothing after a withdrawal',
  run: ({ quick, log }) =>
    onPostgres(async (where) => {
      const shop = await makeShop(where);
      const env = {
        BAILEE_POOL: '24',
        BAILEE_ERASURES_PER_HOUR: '100000',
        BAILEE_KEY_OPENINGS_PER_MINUTE: '1000000',
      };
      const { url } = await serve(where, { env });
      const here: Here = { url, shop, where, faults: new Faults(log) };
      const customer = await seed(here);
      await supportSees(here, customer);
      log('what support sees is judged');
      const recorded = await ledgerFirst(here, customer);
      log(`${recorded} answers were in the ledger before they came`);
      const refused = await withoutLedger(here, customer);
      log(`${refused} openings refused while the ledger could not be written`);
      const race = await raceChoices(here, quick ? QUICK_ROUNDS : ROUNDS, log);
      return here.faults.verdict(
        `${recorded} of ${recorded} openings in the ledger before their answer; ${refused} refused without it; ` +
          `64 at once: ${race.opened} opened, ${race.shut} found shut, over ${race.withdrawals} withdrawals and ${race.erasures} erasures, 0 above their index`,
      );
    }),
};

async function seed({ url, shop }: Here): Promise<string> {
  const userId = 'gate-user';
  const order = (number: string, product: string) => ({
    type: 'track',
    event: 'Order Completed',
    userId,
    properties: {
      order_id: number,
      total: 30,
      currency: 'EUR',
      products: [{ product_id: product, name: product, price: 10, quantity: 3 }],
    },
  });
  const traits = { email: 'gate@example.com', name: 'Grete Tor', phone: PHONE, nationalId: NATIONAL_ID };
  await send(url, shop.writeKeys.server, [
    { type: 'identify', userId, traits },
    order(ORDER, 'a red mug'),
    order(OTHER_ORDER, 'a private thing'),
    {
      type: 'track',
      event: 'Support Ticket Opened',
      userId,
      properties: { ticket_id: CASE, order_id: ORDER, subject: 'Broken', body: 'It arrived broken.' },
    },
  ]);
  const [found] = await find(
    url,
    shop.apiKeys.support as string,
    { kind: 'order', value: ORDER },
    { purpose: 'customer-service', evidence: { order: ORDER } },
  );
  if (found === undefined) throw new Error('the customer cannot be found by the order');
  return found.id;
}

async function supportSees({ url, shop, faults }: Here, customer: string): Promise<void> {
  const support = shop.apiKeys.support as string;
  const asking = { purpose: 'customer-service', evidence: { case: CASE } };
  const { fields } = await open(url, support, customer, asking);
  const phone = fields['contact.phone'];
  faults.equal(phone?.state, 'masked', 'the phone');
  faults.check(typeof phone?.value === 'string' && phone.value !== PHONE, 'the phone has a masked value');
  const order = fields['transaction.order'];
  faults.equal(order?.state, 'revealed', 'the order of the case');
  faults.check(
    JSON.stringify(order?.value ?? null).includes('a red mug'),
    'the order of the case has its lines',
  );

  const named = await ask(`${url}/api/customers/${customer}/open`, support, {
    ...asking,
    fields: ['identity.nationalId', 'contact.phone', 'transaction.order'],
  });
  const texts = [JSON.stringify(fields), named.text];
  texts.push(JSON.stringify(await timeline(url, support, customer, asking)));
  const masked = await find(url, support, { kind: 'case', value: CASE }, asking);
  faults.equal(masked[0]?.id, customer, 'found by the case');
  texts.push(JSON.stringify(masked));
  for (const text of texts) {
    faults.check(!text.includes(NATIONAL_ID), 'no answer to support holds the national id');
    faults.check(!text.includes('5112345'), 'no answer to support holds the phone');
    faults.check(
      !text.includes('a private thing'),
      'no answer to support holds an order that is not the case’s',
    );
  }
  const nationalId = (named.body as Opened).fields['identity.nationalId'];
  faults.equal(nationalId?.state, 'withheld', 'the national id');
  faults.check(nationalId?.value === undefined, 'the national id comes without a value');
  for (const evidence of [{ case: 'no-such-case' }, { reason: 'curious' }, undefined]) {
    const body = { purpose: 'customer-service', ...(evidence === undefined ? {} : { evidence }) };
    const answer = await ask(`${url}/api/customers/${customer}/open`, support, body);
    faults.check(answer.status >= 400 && answer.status < 500, 'support without its case is refused');
  }
}

/** After each answer: the public log already holds the entry that the answer names, and it is this opening's. */
async function ledgerFirst({ url, shop, where, faults }: Here, customer: string): Promise<number> {
  const support = shop.apiKeys.support as string;
  const auditor = shop.apiKeys.auditor as string;
  const asking = { purpose: 'customer-service', evidence: { case: CASE } };
  const path = `${url}/api/customers/${customer}`;
  const calls = [
    () => ask(`${path}/open`, support, asking),
    () => ask(`${path}/open`, support, { ...asking, fields: ['contact.phone'] }),
    () => ask(`${path}/timeline`, support, asking),
    () =>
      ask(`${url}/api/customers/find`, support, { identifier: { kind: 'order', value: ORDER }, ...asking }),
  ];
  const seen = new Set<number>();
  let checked = 0;
  for (let round = 0; round < 10; round += 1)
    for (const call of calls) {
      const { status, body } = await call();
      faults.equal(status, 200, 'an opening is answered');
      const own = body as Partial<Opened> & { customers?: readonly Pick<Opened, 'opening'>[] };
      const opening = own.opening ?? own.customers?.[0]?.opening;
      if (opening === undefined) {
        faults.check(false, 'an answer names no opening');
        continue;
      }
      const { size } = await checkpoint(url);
      const leaf = await leafAt(url, opening.ledgerIndex, size);
      faults.check(size > opening.ledgerIndex, 'the checkpoint after an answer covers its entry');
      const proved = await ask(`${url}/api/ledger/entries/${opening.ledgerIndex}`, auditor);
      const text = (proved.body as { leaf?: string }).leaf;
      faults.check(
        leaf !== null && leaf.toString('base64') === text,
        'the tile and the proved entry hold one leaf',
      );
      const rows = await count(
        where.databaseUrl,
        'SELECT count(*) AS n FROM bailee.opening WHERE id = $1 AND ledger_index = $2 AND customer_id = $3',
        [opening.id, opening.ledgerIndex, customer],
      );
      faults.equal(rows, 1, 'the opening lies beside its entry');
      faults.check(!seen.has(opening.ledgerIndex), 'each opening has an index of its own');
      seen.add(opening.ledgerIndex);
      checked += 1;
    }
  return checked;
}

/** Ways in which the ledger cannot be written, made by the superuser and undone again. */
const BLOCKS = [
  {
    what: 'entries are refused',
    on: `CREATE FUNCTION public.accept_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no entry today'; END $$;
         CREATE TRIGGER accept_refuse BEFORE INSERT ON bailee.ledger_entry FOR EACH ROW EXECUTE FUNCTION public.accept_refuse()`,
    off: 'DROP TRIGGER accept_refuse ON bailee.ledger_entry; DROP FUNCTION public.accept_refuse()',
  },
  {
    what: 'the table of entries is away',
    on: 'ALTER TABLE bailee.ledger_entry RENAME TO ledger_entry_away',
    off: 'ALTER TABLE bailee.ledger_entry_away RENAME TO ledger_entry',
  },
  {
    what: 'the commit fails',
    on: `CREATE FUNCTION public.accept_late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no commit today'; END $$;
         CREATE CONSTRAINT TRIGGER accept_late AFTER INSERT ON bailee.ledger_entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.accept_late()`,
    off: 'DROP TRIGGER accept_late ON bailee.ledger_entry; DROP FUNCTION public.accept_late()',
  },
] as const;

/** Values that an answer would show if something opened. */
const CONTENT = ['Grete', 'Tor', 'red mug', 'broken', 'example.com', '12345678'];

async function withoutLedger(here: Here, customer: string): Promise<number> {
  const { url, shop, where, faults } = here;
  const support = shop.apiKeys.support as string;
  const officer = shop.apiKeys.privacyOfficer as string;
  const asking = { purpose: 'customer-service', evidence: { case: CASE } };
  const byReason = { purpose: 'legal-duty', evidence: { reason: 'acceptance' } };
  const path = `${url}/api/customers/${customer}`;
  const calls = () => [
    ask(`${path}/open`, support, asking),
    ask(`${path}/open`, officer, byReason),
    ask(`${path}/timeline`, support, asking),
    ask(`${url}/api/customers/find`, support, { identifier: { kind: 'case', value: CASE }, ...asking }),
    ask(`${url}/api/operator/reports/orders`, shop.apiKeys.administrator as string, {}),
  ];
  let refused = 0;
  for (const { what, on, off } of BLOCKS) {
    const before = (await checkpoint(url)).size;
    await asOutsider(where.databaseUrl, (client) => client.query(on));
    try {
      for (const answer of await Promise.all(calls())) {
        // Long work begins its answer before it fails; then the error stands in the answer.
        const failed = answer.status >= 500 || (answer.status === 200 && /"error":\{/.test(answer.text));
        faults.check(failed, `${what}: an opening is answered ${answer.status}`);
        faults.check(!CONTENT.some((part) => answer.text.includes(part)), `${what}: an answer shows content`);
        refused += 1;
      }
    } finally {
      await asOutsider(where.databaseUrl, (client) => client.query(off));
    }
    faults.equal((await checkpoint(url)).size, before, `${what}: size of the ledger afterwards`);
    for (const answer of await Promise.all(calls()))
      faults.equal(answer.status, 200, `${what}: an opening once it is undone`);
  }
  return refused;
}
