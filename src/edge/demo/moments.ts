/** What happens in the demo shop, as events of Segment's e-commerce specification and our own. */
import type { Person } from './people.ts';
import type { Life, Line, Order, Visit } from './plan.ts';
import { type Product, priceIn } from './products.ts';
import { chance } from './random.ts';
import { fill, textsIn } from './texts.ts';
import type { Ticket } from './tickets.ts';

const MINUTE_MS = 60_000;

export type DemoValue =
  | string
  | number
  | boolean
  | readonly DemoValue[]
  | { readonly [name: string]: DemoValue | undefined };
export type DemoProperties = Readonly<Record<string, DemoValue>>;

/** What happens at a time, before it gets its envelope. */
export interface Moment {
  readonly at: number;
  readonly by: 'signed-in' | 'device' | 'shop';
  readonly call:
    | { readonly type: 'track'; readonly event: string; readonly properties: DemoProperties }
    | { readonly type: 'page'; readonly name: string; readonly properties: DemoProperties };
}

/**
 * What a customer did and the shop did for them, in the order of time; what happens at the same time stays in
 * the order of telling.
 */
export function momentsOf(seed: number, life: Life): Moment[] {
  return [
    ...life.visits.flatMap((visit) => visitMoments(life.person, visit)),
    ...life.orders.flatMap((order) => orderMoments(seed, life.person, order)),
    ...life.tickets.flatMap((ticket) => ticketMoments(life.person, ticket)),
  ].sort((a, b) => a.at - b.at);
}

function visitMoments(person: Person, visit: Visit): Moment[] {
  const by = visit.signedIn ? 'signed-in' : 'device';
  const searched = visit.viewed[0];
  const steps: Moment['call'][] = [
    page('Home', '/'),
    ...(searched === undefined ? [] : [track('Products Searched', { query: searchFor(person, searched) })]),
    ...visit.viewed.map((product) => track('Product Viewed', viewed(person, product))),
  ];
  return steps.map((call, step) => ({ at: visit.at + step * MINUTE_MS, by, call }));
}

function orderMoments(seed: number, person: Person, order: Order): Moment[] {
  const { currency, country } = person.region;
  const lines = order.lines.map(lineOf);
  const value = order.revenue;
  const before: Moment['call'][] = [
    ...order.lines.flatMap((line) => [
      track('Product Viewed', viewed(person, line.product)),
      track('Product Added', { ...lineOf(line), currency }),
    ]),
    track('Checkout Started', { value, currency, products: lines }),
  ];
  const moments: Moment[] = before.map((call, step) => ({
    at: order.at - (before.length - step) * MINUTE_MS,
    by: 'signed-in',
    call,
  }));
  const { number: order_id, revenue, shipping, tax, total } = order;
  const completed = { order_id, total, revenue, shipping, tax, currency, country, products: lines };
  moments.push({ at: order.at, by: 'signed-in', call: track('Order Completed', completed) });
  if (order.refundedAt !== undefined) {
    const call = track('Order Refunded', { order_id, total, currency, products: lines });
    moments.push({ at: order.refundedAt, by: 'shop', call });
  }
  if (order.reviewedAt !== undefined) {
    moments.push({ at: order.reviewedAt, by: 'signed-in', call: review(seed, person, order) });
  }
  return moments;
}

function review(seed: number, person: Person, order: Order): Moment['call'] {
  const texts = textsIn(person.region.language);
  const { product } = chance(seed, `review ${order.number}`).pick(order.lines);
  return track('Product Reviewed', {
    product_id: product.id,
    review_id: `R-${order.number}`,
    review_body: order.stars >= 4 ? texts.praise : texts.complaint,
    rating: String(order.stars),
  });
}

function ticketMoments(person: Person, ticket: Ticket): Moment[] {
  const texts = textsIn(ticket.language);
  const words = { order: ticket.order, name: person.name, phone: person.phone ?? person.email };
  const { number: ticket_id, order: order_id, channel, priority, kind, topic, asks } = ticket;
  const said =
    asks === 'feedback'
      ? { subject: texts.feedback, body: ticket.content ? texts.praise : texts.complaint, reply: '' }
      : texts.tickets[asks];
  const { subject } = said;
  const opened = {
    ticket_id,
    order_id,
    channel,
    subject,
    body: fill(said.body, words),
    priority,
    kind,
    topic,
  };
  const moments: Moment[] = [{ at: ticket.at, by: 'shop', call: track('Support Ticket Opened', opened) }];
  if (ticket.repliedAt !== undefined) {
    const call = track('Support Ticket Replied', { ticket_id, channel, body: fill(said.reply, words) });
    moments.push({ at: ticket.repliedAt, by: 'shop', call });
  }
  if (ticket.closedAt !== undefined) {
    moments.push({ at: ticket.closedAt, by: 'shop', call: track('Support Ticket Closed', { ticket_id }) });
  }
  return moments;
}

function track(event: string, properties: DemoProperties): Moment['call'] {
  return { type: 'track', event, properties };
}

function page(name: string, path: string): Moment['call'] {
  return { type: 'page', name, properties: { path, title: name, url: `https://shop.example.com${path}` } };
}

function searchFor(person: Person, product: Product): string {
  return textsIn(person.region.language).searches[product.category];
}

function viewed(person: Person, product: Product): DemoProperties {
  const { perEuro, decimals, currency } = person.region;
  return { ...described(product), price: priceIn(product.cents, perEuro, decimals), currency };
}

function lineOf(line: Line): DemoProperties {
  return { ...described(line.product), price: line.price, quantity: line.quantity };
}

function described(product: Product): DemoProperties {
  return { product_id: product.id, sku: product.sku, name: product.name, category: product.category };
}
