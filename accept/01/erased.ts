/** The customer of line 7 who will be erased: what is known, what is sent, and how all of it is read. */
import type { Faults } from './faults.ts';
import { ask, type Shop, type Where } from './shop.ts';

/** All that is known of the one who will be erased. Each value is found in an answer by these very letters. */
export const GONE = {
  userId: 'erased-user-1',
  anonymousId: 'erased-device-1',
  email: 'wilhelmine.quast@example.com',
  phone: '+4915199988877',
  order: 'erased-order-1',
  case: 'erased-case-1',
};
export const VALUES = [
  'Wilhelmine',
  'Quast',
  'wilhelmine.quast',
  '15199988877',
  'Kastanienallee',
  'garden gnome',
  'gnomes',
];
/** Accounts that are tied to the erased customer afterwards. */
export const OTHERS = [
  'other-account-1',
  'other-account-2',
  'other-account-3',
  'other-account-4',
  'other-account-5',
] as const;
/** Of the order, which stays for the tax duty. */
export const KEPT = 'oak bench';

export interface Here {
  readonly url: string;
  readonly shop: Shop;
  readonly where: Required<Where>;
  readonly faults: Faults;
  /** The erased customer. */
  readonly id: string;
}

/** What was sent about the customer before. The last event is faulty and waits in quarantine. */
export function history(): Record<string, unknown>[] {
  const { userId, anonymousId } = GONE;
  const consent = { categoryPreferences: { analytics: true, 'marketing-email': true } };
  const traits = {
    email: GONE.email,
    phone: GONE.phone,
    name: 'Wilhelmine Quast',
    address: { street: 'Kastanienallee 7', city: 'Berlin', country: 'DE' },
  };
  const at = '2026-01-05T10:00:00.000Z';
  const track = (n: number, event: string, properties: object) => ({
    type: 'track',
    messageId: `erased-m-${n}`,
    timestamp: at,
    event,
    userId,
    properties,
  });
  return [
    {
      type: 'identify',
      messageId: 'erased-m-0',
      timestamp: at,
      userId,
      anonymousId,
      traits,
      context: { consent },
    },
    track(1, 'Order Completed', {
      order_id: GONE.order,
      total: 80,
      currency: 'EUR',
      country: 'DE',
      products: [{ product_id: 'b-1', name: KEPT, price: 80, quantity: 1 }],
    }),
    track(2, 'Support Ticket Opened', {
      ticket_id: GONE.case,
      order_id: GONE.order,
      subject: 'About gnomes',
      body: 'Do you sell a garden gnome?',
    }),
    track(3, 'Product Viewed', { product_id: 'g-1', name: 'garden gnome' }),
    { ...track(4, 'Product Viewed', { name: 'garden gnome' }), timestamp: 'yesterday', traits },
  ];
}

interface Read {
  readonly what: string;
  readonly purpose: string;
  readonly status: number;
  readonly text: string;
}

type Asking = readonly [who: string, key: string, asking: Readonly<Record<string, unknown>>];

const PURPOSES = [
  'customer-service',
  'order-fulfilment',
  'fraud-prevention',
  'legal-duty',
  'analytics',
  'personalization',
  'marketing-email',
  'research',
];

/** Each role with the best evidence that it could have. */
function askingsOf({ apiKeys }: Shop): Asking[] {
  const { support, privacyOfficer, orderDesk, marketing, security } = apiKeys as Record<string, string>;
  const [byCase, byOrder] = [{ case: GONE.case }, { order: GONE.order }];
  return [
    ['support, case', support as string, { purpose: 'customer-service', evidence: byCase }],
    ['support, order', support as string, { purpose: 'customer-service', evidence: byOrder }],
    ['order desk', orderDesk as string, { purpose: 'order-fulfilment', evidence: byOrder }],
    ['security', security as string, { purpose: 'fraud-prevention', evidence: byOrder }],
    ['marketing', marketing as string, { purpose: 'marketing-email' }],
    ['legal duty, order', privacyOfficer as string, { purpose: 'legal-duty', evidence: byOrder }],
    ...PURPOSES.map((purpose): Asking => {
      const asking = { purpose, evidence: { reason: 'acceptance' } };
      return [`officer, ${purpose}`, privacyOfficer as string, asking];
    }),
  ];
}

/** Every way of reading that the outside has, for one customer and all of the identifiers. */
export async function reading({ url, shop }: Here, id: string): Promise<Read[]> {
  const { support, privacyOfficer } = shop.apiKeys as Record<string, string>;
  const found: Read[] = [];
  const note = async (what: string, purpose: string, answer: ReturnType<typeof ask>) => {
    const { status, text } = await answer;
    found.push({ what, purpose, status, text });
  };
  for (const [who, key, asking] of askingsOf(shop)) {
    const purpose = String(asking.purpose);
    await note(`open by ${who}`, purpose, ask(`${url}/api/customers/${id}/open`, key, asking));
    await note(`timeline by ${who}`, purpose, ask(`${url}/api/customers/${id}/timeline`, key, asking));
    for (const [kind, value] of Object.entries(GONE))
      await note(
        `find by ${kind}, ${who}`,
        purpose,
        ask(`${url}/api/customers/find`, key, { identifier: { kind, value }, ...asking }),
      );
  }
  await note(
    'decide',
    'decide',
    ask(`${url}/api/decide`, support as string, { customers: [id], purpose: 'customer-service' }),
  );
  await note('quarantine', 'quarantine', ask(`${url}/api/quarantine`, privacyOfficer as string));
  for (const [header, value] of [
    ['x-user-id', GONE.userId],
    ['x-anonymous-id', GONE.anonymousId],
  ] as const)
    await note(
      `choices by ${header}`,
      'choices',
      ask(`${url}/v1/consent/choices`, shop.writeKeys.server, undefined, { [header]: value }),
    );
  await noteOthers(url, privacyOfficer as string, note);
  await note(
    'report',
    'report',
    ask(`${url}/api/operator/reports/orders`, shop.apiKeys.administrator as string, {}),
  );
  return found;
}

/** Accounts that were tied to the erased customer: each opens, and its name leads to nobody old. */
async function noteOthers(
  url: string,
  key: string,
  note: (what: string, purpose: string, answer: ReturnType<typeof ask>) => Promise<void>,
): Promise<void> {
  const asking = { purpose: 'customer-service', evidence: { reason: 'acceptance' } };
  for (const value of OTHERS) {
    const identifier = { kind: 'userId', value };
    const found = await ask(`${url}/api/customers/find`, key, { identifier, ...asking });
    const other = /"id":"([0-9a-f-]{36})"/.exec(found.text)?.[1];
    if (other === undefined) continue;
    for (const door of ['open', 'timeline'])
      await note(
        `${door} ${value}`,
        'customer-service',
        ask(`${url}/api/customers/${other}/${door}`, key, asking),
      );
  }
}

/** Reads everything; notes whatever tells of the erased customer. Returns how many answers there were. */
export async function nothingLeft(here: Here, when: string): Promise<number> {
  const { faults, id } = here;
  const found = await reading(here, id);
  for (const { what, purpose, status, text } of found) {
    faults.check(status < 500, `${when}, ${what}: answered ${status}`);
    for (const value of VALUES)
      faults.check(!text.includes(value), `${when}, ${what}: shows a value of the erased customer`);
    if (purpose !== 'legal-duty') faults.check(!text.includes(KEPT), `${when}, ${what}: shows the order`);
    if (what.startsWith('find by') && status === 200) foundNobody(here, when, what, purpose, text);
    if (what.startsWith('choices') && status === 200)
      faults.check(!text.includes('granted'), `${when}, ${what}: a choice stands`);
  }
  const purposes = [
    'customer-service',
    'order-fulfilment',
    'fraud-prevention',
    'analytics',
    'marketing-email',
  ];
  for (const purpose of purposes) {
    const { body } = await ask(`${here.url}/api/decide`, here.shop.apiKeys.support as string, {
      customers: [id],
      purpose,
    });
    const [answer] = (body as { answers: { allowed: boolean }[] }).answers;
    faults.equal(answer?.allowed, false, `${when}, decide for ${purpose}`);
  }
  return found.length + purposes.length;
}

/** Only the number of the kept order may still lead to a customer, and to nothing that can be seen of one. */
function foundNobody({ faults, id }: Here, when: string, what: string, purpose: string, text: string): void {
  const { customers } = JSON.parse(text) as {
    customers: { id: string; name: unknown; email: unknown; phone: unknown }[];
  };
  for (const each of customers) {
    const empty = each.name === null && each.email === null && each.phone === null;
    faults.check(empty, `${when}, ${what}: finds someone with a name, e-mail or phone`);
    if (!what.startsWith('find by order'))
      faults.check(each.id !== id, `${when}, ${what}: leads to the erased customer`);
    else faults.check(each.id === id, `${when}, ${what}, ${purpose}: the order leads elsewhere`);
  }
}
