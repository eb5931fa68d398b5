/** Counts what is sent and not declared; of the first values of each name also what they seem to be, never the values. */
import { safeName } from '../catalog/safeName.ts';
import { detectTable } from '../detect/table.ts';
import type { Counts } from './counts.ts';
import type { Source } from './types.ts';

/** Values of a name that a process looks at: enough to tell what a field holds, and no cost for long. */
const MOST_LOOKS = 50;
/** Names that a process looks at in a store: whoever sends made-up names costs no more. */
const MOST_NAMES = 500;
const LONGEST = 500;
const looks = new Map<string, Map<string, number>>();

/**
 * @param names safe names, as the catalog answers them
 * @param sent what was sent; only values that stand in it under their own name are looked at
 */
export function countUndeclared(
  counts: Counts,
  { store, country }: Source,
  names: readonly string[],
  sent: Record<string, unknown>,
): void {
  for (const name of names) {
    counts.add('undeclared-field', name);
    const text = textIn(sent, name);
    if (text === null || !mayLook(store, name)) continue;
    const [report] = detectTable([{ name, values: [text] }], country === null ? {} : { region: country });
    const { whole, inside } = report!.evidence;
    counts.add('seen:sampled', name);
    for (const type of Object.keys(whole)) counts.add(`seen:whole:${type}`, name);
    for (const type of Object.keys(inside)) counts.add(`seen:inside:${type}`, name);
  }
}

/** Null for what is no plain value, and for a name that was not safe to count as it is. */
function textIn(sent: Record<string, unknown>, name: string): string | null {
  if (!Object.hasOwn(sent, name) || safeName(name) !== name) return null;
  const value = sent[name];
  if (typeof value !== 'string') return typeof value === 'number' ? String(value) : null;
  const text = value.slice(0, LONGEST).toWellFormed();
  return text.trim() === '' ? null : text;
}

function mayLook(store: string, name: string): boolean {
  const names = looks.get(store) ?? new Map<string, number>();
  looks.set(store, names);
  const looked = names.get(name) ?? (names.size < MOST_NAMES ? 0 : MOST_LOOKS);
  if (looked >= MOST_LOOKS) return false;
  names.set(name, looked + 1);
  return true;
}
