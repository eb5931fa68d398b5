/** What a store sets of how long kinds of records are kept, as it stands in the configuration. */
import { type RetentionSetting, TIMED_KINDS, type TimedKind } from '../../contract/retention.ts';

const MOST = { days: 36_500, months: 1_200, years: 100 } as const;

/**
 * Reads `behavior=12 months, visitors=90 days, inactive=never`: longest a hundred years, shortest a day. Throws an
 * `Error` with a sentence that begins with `name`.
 */
export function retentionTimes(value: string, name: string): ReadonlyMap<TimedKind, RetentionSetting> {
  const times = new Map<TimedKind, RetentionSetting>();
  for (const each of value.split(',').map((part) => part.trim())) {
    if (each === '') continue;
    const [word, span] = each.split('=').map((part) => part.trim());
    const kind = TIMED_KINDS.find((known) => known === word);
    if (kind === undefined)
      throw new Error(`${name} takes kind=time, with one of the kinds: ${TIMED_KINDS.join(', ')}.`);
    times.set(kind, timeOf(span ?? '', name));
  }
  return times;
}

function timeOf(span: string, name: string): RetentionSetting {
  if (span === 'never') return 'never';
  const [, digits, word] = /^([1-9]\d{0,4}) (day|month|year)s?$/.exec(span) ?? [];
  const unit = `${word}s` as keyof typeof MOST;
  const count = Number(digits);
  if (digits === undefined || count > MOST[unit])
    throw new Error(`${name} takes times like 90 days, 25 months, 3 years, or never.`);
  return { count, unit };
}
