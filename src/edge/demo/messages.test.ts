import { describe, expect, it } from 'vitest';
import { type DemoMessage, demoCustomers, demoMessages } from './messages.ts';

const NOW = Date.UTC(2026, 10, 22);
const PLAN = { seed: 1, now: NOW, customers: 2_000 };
const all = [...demoMessages(PLAN)];
const customers = demoCustomers(PLAN);

function events(name: string): Extract<DemoMessage, { type: 'track' }>[] {
  return all.filter((message) => message.type === 'track').filter((message) => message.event === name);
}

/** Digit runs as a card detector sees them: spaces and hyphens do not part them. */
function cardLike(text: string): number {
  const runs = text.match(/\d(?:[ -]?\d){12,18}/g) ?? [];
  return runs.filter((run) => luhn(run.replace(/\D/g, ''))).length;
}

function luhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

describe('the messages of the demo shop', () => {
  it('are the same for the same seed and time', () => {
    expect(JSON.stringify([...demoMessages(PLAN)])).toBe(JSON.stringify(all));
  });

  it('are others for another seed', () => {
    expect(JSON.stringify([...demoMessages({ ...PLAN, seed: 2 })])).not.toBe(JSON.stringify(all));
  });

  it('tell the same story on another day, with the same message ids and numbers', () => {
    const later = { ...PLAN, now: NOW + 40 * 86_400_000 };
    expect([...demoMessages(later)].map((message) => message.messageId)).toEqual(
      all.map((message) => message.messageId),
    );
    expect(demoCustomers(later)).toEqual(customers);
  });

  it('have message ids of their own', () => {
    expect(new Set(all.map((message) => message.messageId)).size).toBe(all.length);
  });

  it('introduce a customer first and then go by time, never into the future', () => {
    const last = new Map<string, number>();
    const device = new Map<string, string>();
    for (const message of all) {
      const who = message.userId ?? device.get(message.anonymousId ?? '') ?? '';
      if (message.type === 'identify') device.set(message.anonymousId ?? '', who);
      const at = Date.parse(message.timestamp);
      expect(message.type === 'identify').toBe(!last.has(who));
      expect(at).toBeGreaterThanOrEqual(last.get(who) ?? 0);
      expect(at).toBeLessThanOrEqual(NOW);
      last.set(who, at);
    }
    expect(last.size).toBe(2_000);
  });

  it('reach no real mailbox', () => {
    const hosts = JSON.stringify(all).match(/@[\w.-]+/g) ?? [];
    expect(hosts.length).toBeGreaterThanOrEqual(2_000);
    expect(hosts.filter((host) => !/^@[a-z]+\.example\.(com|org|net)$/.test(host))).toHaveLength(0);
  });

  it('hold nothing that could be taken for a full card number', () => {
    for (const seed of [1, 2, 3]) {
      expect(cardLike(JSON.stringify([...demoMessages({ ...PLAN, seed })]))).toBe(0);
    }
  });

  it('fit the limit of an event', () => {
    expect(Math.max(...all.map((message) => Buffer.byteLength(JSON.stringify(message))))).toBeLessThan(
      32_768,
    );
  });

  it('add up: an order is its goods, shipping and tax', () => {
    for (const { properties } of events('Order Completed')) {
      const { total, revenue, shipping, tax, products } = properties;
      expect(Number(revenue) + Number(shipping) + Number(tax)).toBeCloseTo(Number(total), 6);
      const goods = (products as { price: number; quantity: number }[]).map(
        (line) => line.price * line.quantity,
      );
      expect(goods.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo(Number(revenue), 6);
    }
  });

  it('number every order and ticket once, and tie each ticket and refund to an order', () => {
    const orders = events('Order Completed').map((message) => message.properties.order_id);
    const tickets = events('Support Ticket Opened').map((message) => message.properties.ticket_id);
    expect(new Set(orders).size).toBe(orders.length);
    expect(new Set(tickets).size).toBe(tickets.length);
    for (const message of [...events('Support Ticket Opened'), ...events('Order Refunded')]) {
      expect(orders).toContain(message.properties.order_id);
    }
    for (const message of [...events('Support Ticket Replied'), ...events('Support Ticket Closed')]) {
      expect(tickets).toContain(message.properties.ticket_id);
    }
  });

  it('leave no gap in a text that was to be filled in', () => {
    expect(JSON.stringify(all)).not.toMatch(/\{(order|phone|name)\}/);
  });
});

describe('the customers of the demo shop', () => {
  it('own the orders and tickets that the messages tell of', () => {
    expect(customers.flatMap((customer) => customer.orders).sort()).toEqual(
      events('Order Completed')
        .map((message) => String(message.properties.order_id))
        .sort(),
    );
    expect(customers.flatMap((customer) => customer.tickets)).toHaveLength(
      events('Support Ticket Opened').length,
    );
  });

  it('order two or three times on average, some never, and some send it back', () => {
    const count = customers.flatMap((customer) => customer.orders).length;
    expect(count / customers.length).toBeGreaterThan(1.8);
    expect(count / customers.length).toBeLessThan(3.2);
    expect(customers.some((customer) => customer.orders.length === 0)).toBe(true);
    expect(events('Order Refunded').length).toBeGreaterThan(10);
  });

  it('have open tickets to try with, and closed ones', () => {
    const open = customers.flatMap((customer) => customer.openTickets).length;
    expect(open).toBeGreaterThan(20);
    expect(events('Support Ticket Closed').length).toBe(events('Support Ticket Opened').length - open);
  });
});
