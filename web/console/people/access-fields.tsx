/** Roles with their ends, and teams, as boxes to tick. */
import { useId } from 'react';
import { ROLES, type Role } from '../../../contract/names.ts';
import type { Staff } from '../api/people.ts';
import { useSay } from '../language.ts';
import type { Chosen } from './roles-given.ts';

interface RoleFieldsProps {
  readonly chosen: Chosen;
  readonly onChange: (chosen: Chosen) => void;
  readonly disabled?: boolean;
  readonly hint?: string;
}

export function RoleFields({ chosen, onChange, disabled = false, hint }: RoleFieldsProps) {
  const say = useSay();
  const id = useId();
  const give = (role: Role, given: boolean) => {
    const { [role]: _, ...rest } = chosen;
    onChange(given ? { ...rest, [role]: '' } : rest);
  };
  return (
    <fieldset disabled={disabled} aria-describedby={hint === undefined ? undefined : id}>
      <legend className="mb-1 text-sm font-medium">{say('people.roles')}</legend>
      {hint !== undefined && (
        <p id={id} className="mb-1 text-xs text-soft">
          {hint}
        </p>
      )}
      <ul className="divide-y divide-line rounded-md border border-line">
        {ROLES.map((role) => (
          <li key={role} className="flex min-h-10 flex-wrap items-center justify-between gap-x-3 px-3 py-1">
            <label className="flex flex-1 cursor-pointer items-center gap-2.5 py-1">
              <input
                type="checkbox"
                checked={chosen[role] !== undefined}
                onChange={({ target }) => give(role, target.checked)}
                className="size-4"
              />
              {say(`role.${role}`)}
            </label>
            {chosen[role] !== undefined && (
              <label className="flex items-center gap-2 text-xs text-soft">
                {say('people.until')}
                <input
                  type="date"
                  aria-label={say('people.untilOf', { role: say(`role.${role}`) })}
                  value={chosen[role]}
                  onChange={({ target }) => onChange({ ...chosen, [role]: target.value })}
                  className="h-8 rounded-md border border-line-strong bg-sheet px-2 text-sm text-ink"
                />
              </label>
            )}
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

interface TeamFieldsProps {
  readonly teams: Staff['teams'];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

export function TeamFields({ teams, chosen, onChange }: TeamFieldsProps) {
  const say = useSay();
  if (teams.length === 0) return null;
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{say('people.teams')}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {teams.map(({ id, name }) => (
          <label key={id} className="flex min-h-8 cursor-pointer items-center gap-2">
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={({ target }) =>
                onChange(target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))
              }
              className="size-4"
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
