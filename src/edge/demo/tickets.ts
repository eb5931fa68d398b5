/** What the demo customers ask, complain of and praise, and how far the shop is with it. */
import type { CaseKind, CaseTopic } from '../../../contract/cases.ts';
import type { Language, Topic } from './language.ts';
import type { Person } from './people.ts';
import type { Chance } from './random.ts';

const HOUR_MS = 3_600_000;
/** Older than this, the shop has answered; of newer ones most still wait, and some for too long. */
const WAITING_MS = 6 * 24 * HOUR_MS;

export interface Ticket {
  /** From `T-501`, in the order of time over all customers. */
  readonly number: string;
  readonly order: string;
  readonly at: number;
  /** `feedback`: nothing is asked. */
  readonly asks: Topic | 'feedback';
  readonly kind: CaseKind;
  readonly topic: CaseTopic;
  readonly language: Language;
  readonly channel: 'email' | 'chat' | 'web' | 'phone';
  readonly priority: 'low' | 'normal' | 'high' | 'urgent';
  /** The customer is content. */
  readonly content: boolean;
  readonly repliedAt?: number;
  readonly closedAt?: number;
}

export interface AboutOrder {
  readonly at: number;
  readonly refundedAt?: number;
  readonly stars: number;
}

interface Chances {
  /** UTC milliseconds. */
  readonly now: number;
  /** Goes on through the person's life. */
  readonly random: Chance;
  /** Of this ticket alone. */
  readonly later: Chance;
}

const TOPICS: Readonly<Record<Ticket['asks'], CaseTopic>> = {
  late: 'delivery',
  broken: 'product',
  refund: 'return',
  invoice: 'payment',
  feedback: 'product',
};
/** How often somebody who asks this complains. */
const COMPLAINS: Readonly<Record<Topic, number>> = { late: 0.25, broken: 0.6, refund: 0.35, invoice: 0.05 };

/** What somebody writes about an order; undefined: nothing, or not yet. */
export function ticketAbout(
  person: Person,
  about: AboutOrder,
  { now, random, later }: Chances,
): Omit<Ticket, 'number' | 'order'> | undefined {
  const wanted = random.yes(about.refundedAt === undefined ? 0.28 : 0.75);
  const at = about.at + random.between(20, 130) * HOUR_MS;
  const asked =
    about.refundedAt === undefined ? random.pick(['late', 'broken', 'invoice'] as const) : 'refund';
  const language = random.yes(0.7) ? person.region.language : 'en';
  const channel = random.pick(['email', 'email', 'web', 'chat', 'phone'] as const);
  const priority = random.pick(['low', 'normal', 'normal', 'high'] as const);
  const repliedAt = at + random.between(1, 30) * HOUR_MS;
  const closedAt = repliedAt + random.between(2, 90) * HOUR_MS;
  const closed = random.yes(0.55);
  if (!wanted || at >= now) return undefined;
  const asks = asked !== 'refund' && later.yes(0.12) ? 'feedback' : asked;
  const kind = asks === 'feedback' ? asks : later.yes(COMPLAINS[asks]) ? 'complaint' : 'inquiry';
  const waits = now - at < WAITING_MS && later.yes(0.65);
  return {
    at,
    asks,
    kind,
    topic: TOPICS[asks],
    language,
    channel,
    priority: kind === 'complaint' && later.yes(0.1) ? 'urgent' : priority,
    content: about.stars >= 4,
    ...(waits || asks === 'feedback' || repliedAt >= now ? {} : { repliedAt }),
    ...(waits || !(closed || asks === 'feedback') || closedAt >= now ? {} : { closedAt }),
  };
}
