import { AnonymizeError, refuseParameter, wholeNumber } from '../refuse.ts';
import type { FillRandom } from './bits.ts';
import { type Contribution, MOST_ROWS_EACH, rowsByGroup } from './bound.ts';
import { type Chance, chanceFrom } from './chance.ts';
import { type Mechanism, mechanismFor, type Privacy, type Released, released } from './mechanism.ts';
import { type Rational, toProbability } from './ratio.ts';
import { thresholdFor } from './threshold.ts';

export interface HistogramQuestion {
  readonly privacy: Privacy;
  /** Of how many groups one customer may be part; 1 unless given. */
  readonly groupsEach?: number;
  /** How many rows of one customer count in one group; 1 unless given. Only with `groups`. */
  readonly rowsEach?: number;
  /** The groups, when they are known without looking at the data: all are answered, empty ones too. */
  readonly groups?: readonly string[];
  /** Needed when `groups` are not given: the chance that a group shows for the sake of one customer alone. */
  readonly delta?: Rational;
}

export interface GroupCount {
  readonly group: string;
  readonly count: number;
}

export interface ReleasedHistogram extends Released<GroupCount[]> {
  /** Groups with a lower noisy count are not shown; null when the groups were given. */
  readonly threshold: number | null;
}

/**
 * Counts by group, with noise in each that hides whether any one customer is among them. Known groups come in
 * the order given; unknown ones in the order of their names, since the order of the rows would tell of them.
 * @param fill random bits; the system's cryptographic ones unless given
 * @throws AnonymizeError `invalid_parameter`, `invalid_row` naming the row, `overflow`
 */
export function privateHistogram(
  rows: Iterable<Contribution>,
  question: HistogramQuestion,
  fill?: FillRandom,
): ReleasedHistogram {
  const groupsEach = wholeNumber(question.groupsEach ?? 1, 'groupsEach', 1, MOST_ROWS_EACH);
  const most = wholeNumber(question.rowsEach ?? 1, 'rowsEach', 1, MOST_ROWS_EACH);
  const chance = chanceFrom(fill);
  const sensitivity = {
    sum: BigInt(groupsEach) * BigInt(most),
    squares: BigInt(groupsEach) * BigInt(most) ** 2n,
  };
  const mechanism = mechanismFor(question.privacy, sensitivity, chance);
  if (question.groups !== undefined)
    return known(rows, question.groups, { groupsEach, most, mechanism, chance });
  if (question.delta === undefined)
    return refuseParameter('delta', 'Give the groups, or delta to have them selected.');
  if (most !== 1) return refuseParameter('rowsEach', 'Groups are selected by customers: rowsEach must be 1.');
  const delta = toProbability(question.delta, 'delta');
  const { draw, noise, size, cost } = mechanism;
  const threshold = thresholdFor(noise.kind, size, delta, groupsEach);
  const sums = rowsByGroup(rows, { groups: null, groupsEach, rowsEach: 1 }, chance);
  const value = [...sums]
    .map(([group, count]) => ({ group, count: released(BigInt(count) + draw(), 'count') }))
    .filter(({ count }) => count >= threshold)
    .sort(byName);
  return { value, threshold, noise, cost: { rho: cost.rho, delta } };
}

interface Known {
  readonly groupsEach: number;
  readonly most: number;
  readonly mechanism: Mechanism;
  readonly chance: Chance;
}

function known(rows: Iterable<Contribution>, groups: readonly string[], by: Known): ReleasedHistogram {
  const listed = new Set(groups);
  if (listed.size === 0 || listed.size !== groups.length)
    throw new AnonymizeError('invalid_parameter', 'groups must be named, each once.', { field: 'groups' });
  const { draw, noise, cost } = by.mechanism;
  const bounds = { groups: listed, groupsEach: by.groupsEach, rowsEach: by.most };
  const sums = rowsByGroup(rows, bounds, by.chance);
  const value = groups.map((group) => ({
    group,
    count: released(BigInt(sums.get(group) ?? 0) + draw(), 'count'),
  }));
  return { value, threshold: null, noise, cost };
}

export function byName(a: GroupCount, b: GroupCount): number {
  return a.group < b.group ? -1 : a.group > b.group ? 1 : 0;
}
