/** One step of a client, through the same functions that the edge calls. */
import { choose } from '../../src/collect/choose.ts';
import { collect } from '../../src/collect/collect.ts';
import type { Source } from '../../src/collect/types.ts';
import type { Actor } from '../../src/gate/actor.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { find } from '../../src/gate/find.ts';
import { open } from '../../src/gate/open.ts';
import { timeline } from '../../src/gate/timeline.ts';
import { rotate } from '../../src/keys/rotate.ts';
import { sequence } from '../../src/ledger/sequence.ts';
import { BaileeError } from '../../src/platform/errors.ts';
import { drain } from '../../src/platform/outbox.ts';
import type { Database } from '../../src/platform/ports.ts';
import { erase } from '../../src/rights/erase.ts';
import { sweep } from '../../src/rights/sweep.ts';
import type { Answer, Person, Seen } from './history.ts';
import { email, type Step, user } from './plan.ts';

export interface Surroundings {
  readonly store: string;
  readonly people: readonly Person[];
  /** Looks from outside whether an entry is there. */
  readonly look: (index: number) => Promise<boolean>;
}

const KEY = '00000000-0000-7000-8000-00000000000a';

export function sourceOf(store: string): Source {
  return { kind: 'server', store, key: KEY, country: 'DE' };
}

export function actorOf(store: string, role: 'support' | 'privacy-officer' | 'marketing'): Actor {
  return { type: 'api-key', id: KEY, store, role };
}

/** True when an entry is committed at this index. */
export async function entryAt(db: Database, index: number): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'crash_entry',
    text: 'SELECT 1 FROM bailee.ledger_entry WHERE index = $1',
    values: [index],
  });
  return rowCount === 1;
}

export async function perform(ctx: GateCtx, around: Surroundings, step: Step): Promise<Answer> {
  switch (step.kind) {
    case 'collect':
    case 'merge': {
      const sent = { events: step.events.map(({ raw }) => raw) };
      const answer = await collect(ctx, sourceOf(around.store), sent);
      return { kind: step.kind, ...answer, quarantined: answer.quarantined.length };
    }
    case 'open':
      return { kind: 'open', seen: await openings(ctx, around, step) };
    case 'choose': {
      const who = { kind: 'userId', value: user(step.person) } as const;
      await choose(ctx, { source: sourceOf(around.store), who, choices: step.choices });
      return { kind: 'choose' };
    }
    case 'erase': {
      const { erasure, customers } = await erase(ctx, {
        actor: { type: 'operator' },
        customer: personOf(around, step.person).user,
        evidence: { reason: 'asked' },
      });
      return { kind: 'erase', erasure, customers };
    }
    case 'rotate':
      await rotate(ctx);
      return { kind: 'rotate' };
    case 'sequence':
      await sequence(ctx);
      return { kind: 'sequence' };
    case 'sweep':
      await sweepAll(ctx);
      return { kind: 'sweep' };
  }
}

function personOf({ people }: Surroundings, person: number): Person {
  const found = people[person];
  if (found === undefined) throw new BaileeError('internal', 'The plan names nobody.');
  return found;
}

/** Hands the outbox on, as the background does, and sweeps what it names. */
export async function sweepAll(ctx: GateCtx): Promise<void> {
  const erasures: string[] = [];
  await drain(ctx, async (_tx, { payload }) => void erasures.push(payload.erasure ?? ''));
  for (const erasure of new Set(erasures)) await sweep(ctx, erasure);
}

async function openings(
  ctx: GateCtx,
  around: Surroundings,
  step: Step & { kind: 'open' },
): Promise<readonly Seen[]> {
  const { purpose, evidence } = step;
  const actor = actorOf(around.store, step.role);
  const customer = personOf(around, step.person).user;
  const seen = async (id: string, index: number, whose: string, shown: string[]): Promise<Seen> => ({
    id,
    index,
    customer: whose,
    purpose,
    shown,
    durable: await around.look(index),
  });
  if (step.how === 'find') {
    const identifier = { kind: 'email', value: email(step.person) } as const;
    const found = await find(ctx, { actor, identifier, purpose, evidence });
    return Promise.all(
      found.map(({ id, masked, opening }) =>
        seen(opening.id, opening.ledgerIndex, id, masked.email === null ? [] : ['contact.email']),
      ),
    );
  }
  if (step.how === 'timeline') {
    const { items, opening } = await timeline(ctx, { actor, customer, purpose, evidence });
    const shown = items
      .filter(({ value }) => value !== null)
      .map(({ kind, name }) => `${kind}:${name ?? ''}`);
    return [await seen(opening.id, opening.ledgerIndex, customer, shown)];
  }
  const { fields, opening } = await open(ctx, { actor, customer, purpose, evidence });
  const shown = Object.entries(fields)
    .filter(([, { state, value }]) => state !== 'withheld' && value !== null && value !== undefined)
    .map(([name]) => name);
  return [await seen(opening.id, opening.ledgerIndex, customer, shown)];
}
