/** The lives of the demo customers: who ordered, came by, returned or complained, and when. */
import { type Person, people } from './people.ts';
import { PRODUCTS, type Product, priceIn } from './products.ts';
import { type Chance, chance } from './random.ts';
import { type AboutOrder, type Ticket, ticketAbout } from './tickets.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** All times are UTC milliseconds and lie before `now`. */
export interface Life {
  readonly person: Person;
  readonly registeredAt: number;
  readonly orders: readonly Order[];
  readonly tickets: readonly Ticket[];
  /** Visits that ended without an order. */
  readonly visits: readonly Visit[];
}

export interface Order {
  /** From `1001`, in the order of time over all customers. */
  readonly number: string;
  readonly at: number;
  readonly lines: readonly Line[];
  readonly revenue: number;
  readonly shipping: number;
  readonly tax: number;
  readonly total: number;
  readonly refundedAt?: number;
  readonly reviewedAt?: number;
  readonly stars: number;
}

export interface Line {
  readonly product: Product;
  /** In the customer's currency. */
  readonly price: number;
  readonly quantity: number;
}

export interface Visit {
  readonly at: number;
  /** Signed in, or a device alone. */
  readonly signedIn: boolean;
  readonly viewed: readonly Product[];
}

type Unnumbered<T> = Omit<T, 'number'> & { number: string };
type DraftOrder = Unnumbered<Order>;
type Draft = Omit<Life, 'orders' | 'tickets'> & {
  orders: DraftOrder[];
  tickets: (Unnumbered<Ticket> & { order: string; about: AboutOrder & { number: string } })[];
};

/** The lives of `customers` people of the seed, as they look at `now` (UTC milliseconds). */
export function lives(seed: number, now: number, customers: number): Life[] {
  const drafts = people(seed, now, customers).map((person) => draft(seed, now, person));
  const orders = drafts.flatMap((life) => life.orders).sort((a, b) => a.at - b.at);
  for (const [at, order] of orders.entries()) order.number = String(1001 + at);
  const tickets = drafts.flatMap((life) => life.tickets).sort((a, b) => a.at - b.at);
  for (const [at, ticket] of tickets.entries()) {
    ticket.number = `T-${501 + at}`;
    ticket.order = ticket.about.number;
  }
  return drafts;
}

function draft(seed: number, now: number, person: Person): Draft {
  const random = chance(seed, `life ${person.ordinal}`);
  const registeredAt = now - Math.round((8 + 420 * random.next()) * DAY_MS);
  // More lately than long ago: the shop grows.
  const moment = () =>
    Math.round(now - 2 * HOUR_MS - (now - registeredAt - 3 * HOUR_MS) * random.next() ** 1.5);
  const count = random.pick([0, 1, 1, 2, 2, 2, 3, 3, 4, 5]);
  const times = Array.from({ length: count }, moment).sort((a, b) => a - b);
  const orders = times.map((at) => order(person, at, now, random));
  const tickets = orders.flatMap((about) => {
    const made = ticketAbout(person, about, {
      now,
      random,
      later: chance(seed, `ticket ${person.ordinal} ${about.at - registeredAt}`),
    });
    return made === undefined ? [] : [{ number: '', order: '', about, ...made }];
  });
  const visits = Array.from({ length: random.between(0, 3) }, () => ({
    at: moment(),
    signedIn: random.yes(0.6),
    viewed: random.some(PRODUCTS, random.between(1, 3)),
  }));
  return { person, registeredAt, orders, tickets, visits };
}

function order(person: Person, at: number, now: number, random: Chance): DraftOrder {
  const { perEuro, decimals, taxPercent } = person.region;
  const cents = (amount: number) => Math.round(amount * 10 ** decimals);
  const money = (amount: number) => amount / 10 ** decimals;
  const lines = random.some(PRODUCTS, random.pick([1, 1, 1, 2, 2, 3])).map((product) => ({
    product,
    price: priceIn(product.cents, perEuro, decimals),
    quantity: random.pick([1, 1, 1, 2, 3]),
  }));
  const revenue = lines.reduce((sum, line) => sum + cents(line.price) * line.quantity, 0);
  const shipping = cents(priceIn(random.pick([0, 490, 690]), perEuro, decimals));
  const tax = Math.round(((revenue + shipping) * taxPercent) / 100);
  const refundedAt = at + random.between(4 * 24, 14 * 24) * HOUR_MS;
  const reviewedAt = at + random.between(5 * 24, 20 * 24) * HOUR_MS;
  const refunded = random.yes(0.09);
  const reviewed = random.yes(0.25);
  return {
    number: '',
    at,
    lines,
    revenue: money(revenue),
    shipping: money(shipping),
    tax: money(tax),
    total: money(revenue + shipping + tax),
    ...(refunded && refundedAt < now ? { refundedAt } : {}),
    ...(reviewed && !refunded && reviewedAt < now ? { reviewedAt } : {}),
    stars: random.pick([2, 3, 4, 5, 5]),
  };
}
