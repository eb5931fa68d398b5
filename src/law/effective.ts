/** From the append-only rows of choices to what stands now, across merges; and what an assertion adds. */
import { OPTIONAL_PURPOSES, type Purpose } from '../../contract/names.ts';
import type { ChoiceState } from './types.ts';

/** A stored choice. `chosen`: made by the person themselves; `asserted`: told by a sender. */
export interface ChoiceRow {
  readonly customerId: string;
  readonly purpose: Purpose;
  /** Null: the purpose as a whole. */
  readonly channel: string | null;
  readonly state: ChoiceState;
  readonly how: 'asserted' | 'chosen';
  /** UTC milliseconds. */
  readonly receivedAt: number;
  /** UUIDv7; orders rows of the same millisecond. */
  readonly id: string;
}

/** An open link between two merged customers. */
export interface MergeLink {
  readonly child: string;
  readonly root: string;
  /** UTC milliseconds. */
  readonly validFrom: number;
}

export type StandingChoices = Readonly<Partial<Record<Purpose, ChoiceState>>>;

export interface ChoiceChange {
  readonly purpose: Purpose;
  readonly state: ChoiceState;
}

type Standing = ChoiceState | undefined;

// A purpose that names its channel says nothing more when a row names it too.
const OWN_CHANNEL: Readonly<Partial<Record<Purpose, string>>> = {
  'marketing-email': 'email',
  'marketing-sms': 'sms',
  'marketing-phone': 'phone',
  'marketing-push': 'push',
};

/** The channel that a row speaks of beside the purpose as a whole. */
export function channelOf({ purpose, channel }: Pick<ChoiceRow, 'purpose' | 'channel'>): string | null {
  return channel === OWN_CHANNEL[purpose] ? null : channel;
}

function stricter(a: Standing, b: Standing): Standing {
  if (a === 'refused' || b === 'refused') return 'refused';
  return a ?? b;
}

/** A person's own choice always stands; an assertion may narrow, or speak where nothing was said. */
function next(standing: Standing, row: ChoiceRow): ChoiceState {
  if (row.how === 'chosen') return row.state;
  return row.state === 'granted' && standing === 'refused' ? 'refused' : row.state;
}

/** The earlier first. */
export function inOrder(a: ChoiceRow, b: ChoiceRow): number {
  if (a.receivedAt !== b.receivedAt) return a.receivedAt - b.receivedAt;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/** Customers that are one person so far, each group with its standing choice. */
class Groups {
  readonly #parent = new Map<string, string>();
  readonly #standing = new Map<string, Standing>();

  #find(customer: string): string {
    let root = customer;
    for (let up = this.#parent.get(root); up !== undefined; up = this.#parent.get(root)) root = up;
    return root;
  }

  record(row: ChoiceRow): void {
    const group = this.#find(row.customerId);
    this.#standing.set(group, next(this.#standing.get(group), row));
  }

  merge({ child, root }: MergeLink): void {
    const from = this.#find(child);
    const into = this.#find(root);
    if (from === into) return;
    this.#standing.set(into, stricter(this.#standing.get(into), this.#standing.get(from)));
    this.#standing.delete(from);
    this.#parent.set(from, into);
  }

  standing(): Standing {
    return [...this.#standing.values()].reduce(stricter, undefined);
  }
}

/** Replays choices and merges in the order of time. At the same millisecond the choice came first: stricter. */
function replay(rows: readonly ChoiceRow[], links: readonly MergeLink[]): Standing {
  const groups = new Groups();
  let merged = 0;
  for (const row of rows) {
    for (; merged < links.length && links[merged]!.validFrom < row.receivedAt; merged += 1) {
      groups.merge(links[merged]!);
    }
    groups.record(row);
  }
  for (; merged < links.length; merged += 1) groups.merge(links[merged]!);
  return groups.standing();
}

function standingOf(
  rows: readonly ChoiceRow[],
  links: readonly MergeLink[],
  channel: string | undefined,
): Standing {
  const on = (wanted: string | null) =>
    replay(
      rows.filter((row) => channelOf(row) === null || channelOf(row) === wanted),
      links,
    );
  if (channel !== undefined) return on(channel);
  const channels = new Set(rows.map(channelOf));
  const refused = [...channels].some((each) => on(each) === 'refused');
  return refused ? 'refused' : on(null);
}

/**
 * The standing choice per purpose of one person: `rows` of every customer of a merged cluster and the
 * open `links` between them, in any order. The later choice stands, except that an assertion never
 * widens a refusal. When two customers merge the stricter choice stands, until the person chooses
 * again after the merge (later by at least a millisecond). With `channel`, choices for that channel
 * and for the purpose as a whole count; without it, a refusal of any channel holds, and a grant of
 * one channel grants no more than that channel. Absent purposes were never answered.
 */
export function effectiveChoices(
  rows: readonly ChoiceRow[],
  links: readonly MergeLink[],
  channel?: string,
): StandingChoices {
  const byPurpose = new Map<Purpose, ChoiceRow[]>();
  for (const row of [...rows].sort(inOrder)) {
    const known = byPurpose.get(row.purpose);
    if (known === undefined) byPurpose.set(row.purpose, [row]);
    else known.push(row);
  }
  const merges = [...links].sort((a, b) => a.validFrom - b.validFrom);
  const standing: Partial<Record<Purpose, ChoiceState>> = {};
  for (const purpose of OPTIONAL_PURPOSES) {
    // Nobody who agreed to `marketing-email` was asked about phones: on another channel it stays unanswered.
    if (channel !== undefined && channel !== (OWN_CHANNEL[purpose] ?? channel)) continue;
    const own = byPurpose.get(purpose);
    const state = own === undefined ? undefined : standingOf(own, merges, channel);
    if (state !== undefined) standing[purpose] = state;
  }
  return standing;
}

/**
 * What to record when a sender asserts preferences (`context.consent.categoryPreferences`): keys are
 * optional purposes, anything else is passed over. A grant speaks only where nothing was said; a
 * refusal always narrows; what already stands is not repeated.
 */
export function withAssertion(
  current: StandingChoices,
  asserted: Readonly<Record<string, unknown>>,
): ChoiceChange[] {
  const changes: ChoiceChange[] = [];
  for (const purpose of OPTIONAL_PURPOSES) {
    const preference = Object.hasOwn(asserted, purpose) ? asserted[purpose] : undefined;
    const standing = Object.hasOwn(current, purpose) ? current[purpose] : undefined;
    if (preference === true && standing === undefined) changes.push({ purpose, state: 'granted' });
    if (preference === false && standing === 'granted') changes.push({ purpose, state: 'refused' });
  }
  return changes;
}
