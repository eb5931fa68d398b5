import { beforeAll, describe, expect, it } from 'vitest';
import { everything, type Found, openText } from '../../test/kit/everything.ts';
import { type TestGate, testGate, testStore } from '../../test/kit/gate.ts';
import { pickDeclared, validateValue } from '../catalog/validate.ts';
import { hasCard } from './cards.ts';
import { collect, replayQuarantine } from './collect.ts';
import { listUndeclared } from './counts.ts';

const SEED = 20_261_122;
const EVENTS = 10_000;
const BATCH = 500;
const SECRET = 'hunter2-correct-horse';
const CARD = '4111111111111111';

/** mulberry32 */
function dice(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const next = dice(SEED);
const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!;

function nested(depth: number): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** As a body is read: `__proto__` becomes a member of its own. */
const parsed = (text: string): unknown => JSON.parse(text);

const VALUES: readonly (() => unknown)[] = [
  () => parsed('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  () => nested(20),
  () => '\ud800 lone \udfff',
  () => 'nul \u0000 inside',
  () => pick([1e308, -1e308, Number.MAX_SAFE_INTEGER, 5e-324, -0, 2 ** 63]),
  () =>
    pick([
      "'; DROP TABLE bailee.customer; --",
      '$1',
      '%s',
      '\\x00',
      '{{7*7}}',
      `\${process.env}`,
      '<script>',
    ]),
  () =>
    pick([
      CARD,
      '5555 5555 5555 4444',
      '3782-822463-10005',
      `paid with ${CARD} today`,
      '４１１１１１１１１１１１１１１１',
    ]),
  () => pick([Number(CARD), 6_011_111_111_111_117, -4_111_111_111_111_111, 4_111_111_111_111_111.5]),
  () => ({ [CARD]: 1, [`card ${CARD}`]: CARD }),
  () => ({ password: SECRET, cvv: SECRET, cardNumber: CARD, security_code: SECRET, pin: SECRET }),
  () => [[CARD], [{ price: Number(CARD), name: CARD, [CARD]: CARD }]],
  () => [CARD, Number(CARD), null],
  () => Array.from({ length: 600 }, (_, at) => at),
  () => 'x'.repeat(pick([10, 300, 3000])),
  () =>
    pick([
      null,
      true,
      false,
      '',
      ' ',
      [],
      {},
      'null',
      'undefined',
      '[object Object]',
      '0000',
      'guest',
      'NaN',
    ]),
  () =>
    pick([
      'Ana',
      'Łukasz',
      '张伟',
      'مريم',
      '👩‍👩‍👧',
      'a\u202eb',
      'x@example.com',
      '+4915112345678',
      '2026-01-01',
    ]),
  () => pick([0, 1, -1, 3.14, 1_795_338_000_000]),
  () => '٤١١١١١١١١١١١١١١١',
];
/** So large or so deep that the event is refused for it. */
const MONSTERS: readonly (() => unknown)[] = [
  () => nested(500),
  () => 'x'.repeat(40_000),
  () => Array.from({ length: 20_000 }, (_, at) => at),
];
const value = () => (next() < 0.003 ? pick(MONSTERS)() : pick(VALUES)());
const KEYS = [
  ...[
    'email',
    'phone',
    'name',
    'address',
    'birthday',
    'age',
    'nationalId',
    'language',
    'loyaltyPoints',
    'id',
  ],
  ...[
    'order_id',
    'ticket_id',
    'products',
    'total',
    'currency',
    'billing',
    'subject',
    'body',
    'query',
    'title',
  ],
  ...[
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'toString',
    CARD,
    'password',
    'undeclared thing',
    '\ud800',
  ],
];
const EVENT_NAMES = [
  'Order Completed',
  'Order Updated',
  'Order Refunded',
  'Support Ticket Opened',
  'Product Viewed',
];
const IDS = ['u1', 'u2', 'u3', 'd1', 'd2'];

function members(count: number): Record<string, unknown> {
  const made = Object.create(null) as Record<string, unknown>;
  for (let at = 0; at < count; at += 1)
    Object.defineProperty(made, pick(KEYS), {
      value: value(),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return next() < 0.5 ? made : (parsed(JSON.stringify(made)) as Record<string, unknown>);
}

const sometimes = <T>(chance: number, make: () => T) => (next() < chance ? make() : undefined);

function hostileEvent(at: number): unknown {
  if (next() < 0.05) return value();
  const id = () => (next() < 0.9 ? `${pick(IDS)}` : value());
  const consent = () =>
    pick([{ analytics: true, personalization: true }, { analytics: false }, members(3), value()]);
  return {
    type:
      next() < 0.95
        ? pick(['identify', 'track', 'track', 'track', 'page', 'screen', 'group', 'alias'])
        : value(),
    messageId: next() < 0.8 ? `m${at}` : pick([`m${Math.floor(at / 2)}`, CARD, value()]),
    userId: sometimes(0.7, id),
    anonymousId: sometimes(0.5, id),
    previousId: sometimes(0.3, id),
    event: next() < 0.9 ? pick([...EVENT_NAMES, 'Segment Consent Preference Updated']) : value(),
    traits: next() < 0.8 ? members(5) : value(),
    properties: next() < 0.8 ? members(6) : value(),
    context: next() < 0.7 ? { consent: { categoryPreferences: consent() }, traits: members(2) } : value(),
    timestamp: sometimes(0.3, () => (next() < 0.7 ? '2026-11-20T00:00:00Z' : value())),
    sentAt: sometimes(0.3, value),
  };
}

/** Neighbors that nothing is wrong with. */
const goodUser = (at: number) => `neighbor-${at}`;
function goodEvent(at: number) {
  const userId = goodUser(at);
  return at % 2 === 0
    ? { type: 'identify', messageId: `good-${at}`, userId, traits: { name: `Neighbor ${at}` } }
    : {
        type: 'track',
        event: 'Order Completed',
        messageId: `good-${at}`,
        userId,
        properties: {
          order_id: `good-${at}`,
          total: 10,
          products: [{ name: 'Mug', price: 10, quantity: 1 }],
        },
      };
}

let ctx: TestGate;
let store: Awaited<ReturnType<typeof testStore>>;
let found: Found[];
const counts = { sent: 0, accepted: 0, notCollected: 0, quarantined: 0, good: 0 };

beforeAll(async () => {
  ctx = await testGate();
  store = await testStore(ctx);
  for (let from = 0; from < EVENTS; from += BATCH) {
    const source = (from / BATCH) % 3 === 2 ? store.browser : store.server;
    const events = Array.from({ length: BATCH }, (_, at) => hostileEvent(from + at));
    for (let at = 0; at < 4; at += 1)
      events.splice(Math.floor(next() * events.length), 0, goodEvent(counts.good++));
    const sentBy = source.kind === 'browser' ? events.slice(0, BATCH) : events;
    const batch = { events: sentBy, sentAt: value(), context: value() };
    const answer = await collect(ctx, source, batch);
    counts.sent += sentBy.length;
    counts.accepted += answer.accepted;
    counts.notCollected += answer.notCollected;
    counts.quarantined += answer.quarantined.length;
    expect(answer.accepted + answer.notCollected + answer.quarantined.length).toBe(sentBy.length);
    ctx.clock.advance(1000);
  }
  found = await everything(ctx, store.id);
}, 300_000);

/** Every text, number and name of a member in a value. */
function* leaves(item: unknown): Generator<string> {
  if (typeof item === 'string' || typeof item === 'number') yield String(item);
  else if (typeof item === 'object' && item !== null)
    for (const [name, inner] of Object.entries(item)) {
      yield name;
      yield* leaves(inner);
    }
}

describe('10,000 hostile events', () => {
  it('crash nothing: each is stored, counted or quarantined, and the counts add up', () => {
    expect(counts.accepted + counts.notCollected + counts.quarantined).toBe(counts.sent);
    for (const name of ['accepted', 'notCollected', 'quarantined'] as const)
      expect(counts[name]).toBeGreaterThan(300);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it('leave their good neighbors stored', () => {
    const names = found.filter((each) => each.table === 'field_value').map((each) => each.value);
    const orders = found.filter((each) => each.table === 'orders').map((each) => each.value);
    for (let at = 0; at < counts.good; at += 1) {
      // Every third batch was a browser's, where nothing is said of these.
      if (Math.floor(at / 4) % 3 === 2) continue;
      if (at % 2 === 0) expect(names).toContain(`Neighbor ${at}`);
      else expect(orders).toContainEqual(expect.objectContaining({ orderId: `good-${at}`, total: 10 }));
    }
  });

  it('store nothing that is not declared, and nothing that is not valid', () => {
    for (const { table, number, value: stored } of found)
      if (table === 'field_value') {
        const field = ctx.catalog.fieldById.get(number)!;
        expect(validateValue(field, stored)).toEqual({ ok: true, value: stored, undeclared: [] });
      } else if (table === 'event') {
        const picked = pickDeclared(ctx.catalog.eventById.get(number)!, stored as Record<string, unknown>);
        expect(picked).toEqual({ values: stored, undeclared: [], invalid: [] });
      } else if (table === 'orders' || table === 'order_line' || table === 'cases') {
        const order = ctx.catalog.eventByName.get('Order Completed')!;
        const products = order.properties.find((each) => each.name === 'products')!.members!;
        const billing = order.properties.find((each) => each.name === 'billing')!.members!;
        const ticket = ctx.catalog.eventByName.get('Support Ticket Opened')!.properties;
        const names = [...order.properties, ...products, ...billing, ...ticket].map((each) => each.name);
        expect([...names, 'orderId']).toEqual(expect.arrayContaining(Object.keys(stored as object)));
      }
  });

  it('store no full card number, no password and no security code anywhere, not even in quarantine', async () => {
    expect(new Set(found.map((each) => each.table)).has('quarantine')).toBe(true);
    for (const { table, value: stored } of found)
      for (const leaf of leaves(stored)) if (hasCard(leaf)) throw new Error(`a card number in ${table}`);
    expect(JSON.stringify(found)).not.toContain(SECRET);
    const open = await openText(ctx);
    expect(open).not.toContain(CARD);
    expect(open).not.toContain(SECRET);
    expect(open).not.toContain('Łukasz');
  });

  it('are counted by names that hold no data', async () => {
    const names = await listUndeclared(ctx, store.id);
    expect(names.length).toBeGreaterThan(5);
    for (const { name } of names) expect(name).not.toContain(CARD);
  });

  it('are tried again from the quarantine without harm: what still is faulty stays, for as long as before', async () => {
    const rows = async () =>
      (
        await ctx.db.query<{ expires_at: Date }>({
          text: 'SELECT expires_at FROM bailee.quarantine ORDER BY expires_at',
        })
      ).rows.map((row) => row.expires_at.getTime());
    const before = await rows();
    ctx.clock.advance(86_400_000);
    const { replayed, stillQuarantined } = await replayQuarantine(ctx, store.server);
    expect(replayed + stillQuarantined).toBe(500);
    expect(stillQuarantined).toBeGreaterThan(400);
    const after = await rows();
    expect(after).toHaveLength(before.length - replayed);
    expect(before).toEqual(expect.arrayContaining(after));
  });
});
