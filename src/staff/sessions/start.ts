/** Starting a session: a new value each time, so that one that was planted or seen before is worth nothing. */
import type { Role } from '../../../contract/names.ts';
import type { Ctx, Transaction } from '../../platform/ports.ts';
import { rolesOf } from '../people/sql.ts';
import { recordStaff } from '../record.ts';
import { lifeOf, PARTIAL_MS, STEPPED_UP_MS } from './life.ts';
import { hashOf } from './read.ts';
import { endOldest, endSessions, type FactorName, insertSession, setSteppedUp, touchSession } from './sql.ts';

const VALUE_BYTES = 32;
const MOST_SESSIONS = 10;

export interface Started {
  /** For the cookie alone. */
  readonly value: string;
  readonly whole: boolean;
}

export interface Starting {
  readonly person: { readonly id: string; readonly store_id: string };
  readonly factors: readonly FactorName[];
  /** "Firefox on Windows". */
  readonly device: string;
}

/** The first factor was right: five minutes to show the second. It opens nothing. */
export async function startPartial(ctx: Ctx, tx: Transaction, starting: Starting): Promise<Started> {
  return insert(ctx, tx, starting, null, new Date(ctx.clock.now() + PARTIAL_MS));
}

/**
 * A session that is whole; `after` is the one of the first factor, which ends. It acts in the person's first role.
 * Who has just shown two factors is stepped up for a while.
 */
export async function startWhole(
  ctx: Ctx,
  tx: Transaction,
  starting: Starting & { readonly after?: string },
): Promise<Started> {
  const { person, after, factors } = starting;
  const now = new Date(ctx.clock.now());
  if (after !== undefined) await endSessions(tx, person.id, now, after);
  await endOldest(tx, person.id, now, MOST_SESSIONS - 1);
  const [first] = await rolesOf(tx, { store: person.store_id, person: person.id, now });
  const started = await insert(ctx, tx, starting, first?.role ?? null, lifeOf(now, now.getTime()), true);
  await recordStaff(ctx, tx, {
    store: person.store_id,
    person: person.id,
    step: 'signed-in',
    details: { factors: [...factors], session: started.id },
  });
  return started;
}

async function insert(
  ctx: Ctx,
  tx: Transaction,
  { person, factors, device }: Starting,
  role: Role | null,
  expiresAt: Date,
  whole = false,
): Promise<Started & { readonly id: string }> {
  const value = ctx.random.bytes(VALUE_BYTES).toString('base64url');
  const id = ctx.random.id();
  const now = new Date(ctx.clock.now());
  await insertSession(tx, {
    id,
    person: person.id,
    hash: hashOf(value),
    whole,
    role,
    factors,
    device,
    now,
    expiresAt,
  });
  if (whole) await touchSession(tx, id, expiresAt, now);
  if (whole) await setSteppedUp(tx, id, { until: new Date(now.getTime() + STEPPED_UP_MS) });
  return { id, value, whole };
}

/** A new proof was shown in a session: it gets a new value too, so that a copy of the old one gains nothing by it. */
export async function stepUp(
  ctx: Ctx,
  tx: Transaction,
  session: string,
  factor: FactorName,
): Promise<string> {
  const value = ctx.random.bytes(VALUE_BYTES).toString('base64url');
  const until = new Date(ctx.clock.now() + STEPPED_UP_MS);
  await setSteppedUp(tx, session, { until, factor, hash: hashOf(value) });
  return value;
}
