/** Roles as they are chosen in a form: each with the day on which it ends, or none. */
import type { Role } from '../../../contract/names.ts';
import type { Member } from '../api/people.ts';

/** By role; the day as a date field has it, empty without an end. A role that is not there is not given. */
export type Chosen = Readonly<Partial<Record<Role, string>>>;

export function chosenOf(roles: Member['roles']): Chosen {
  return Object.fromEntries(roles.map(({ role, until }) => [role, until === null ? '' : dayOf(until)]));
}

/** An end is the end of that day, where the one who gives it is. */
export function givenOf(chosen: Chosen): { role: Role; until: string | null }[] {
  return (Object.entries(chosen) as [Role, string][]).map(([role, day]) => ({
    role,
    until: day === '' ? null : new Date(`${day}T23:59:59`).toISOString(),
  }));
}

export function sameRoles(one: Chosen, other: Chosen): boolean {
  const words = (chosen: Chosen) => Object.entries(chosen).map(String).sort().join();
  return words(one) === words(other);
}

function dayOf(iso: string): string {
  const date = new Date(iso);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
