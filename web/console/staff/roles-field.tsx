/** Roles and teams to tick, and when the access ends by itself. */
import { ROLES, type Role } from '../../../contract/names.ts';
import { TextField } from '../../ui/field.tsx';
import { useSay } from '../language.ts';

export interface Access {
  readonly roles: readonly Role[];
  readonly teams: readonly string[];
  /** `2026-12-31`, or empty: until it is taken. */
  readonly until: string;
}

/** The end of the day in UTC, as the server takes it. */
export function givenOf({ roles, until }: Access): { role: Role; until: string | null }[] {
  return roles.map((role) => ({ role, until: until === '' ? null : `${until}T23:59:59.999Z` }));
}

interface AccessFieldProps {
  readonly access: Access;
  readonly teams: readonly { readonly id: string; readonly name: string }[];
  readonly onChange: (access: Access) => void;
}

export function AccessField({ access, teams, onChange }: AccessFieldProps) {
  const say = useSay();
  return (
    <>
      <Ticks
        legend={say('staff.roles')}
        all={ROLES.map((role) => ({ id: role, name: say(`role.${role}`) }))}
        chosen={access.roles}
        onChange={(roles) => onChange({ ...access, roles })}
      />
      {teams.length > 0 && (
        <Ticks
          legend={say('staff.teams')}
          all={teams}
          chosen={access.teams}
          onChange={(chosen) => onChange({ ...access, teams: chosen })}
        />
      )}
      <TextField
        label={say('staff.until')}
        hint={say('staff.untilHint')}
        type="date"
        value={access.until}
        onChange={({ target }) => onChange({ ...access, until: target.value })}
        className="max-w-48"
      />
    </>
  );
}

interface TicksProps<Id extends string> {
  readonly legend: string;
  readonly all: readonly { readonly id: Id; readonly name: string }[];
  readonly chosen: readonly Id[];
  readonly onChange: (chosen: readonly Id[]) => void;
}

export function Ticks<Id extends string>({ legend, all, chosen, onChange }: TicksProps<Id>) {
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      <div className="grid gap-x-4 sm:grid-cols-2">
        {all.map(({ id, name }) => {
          const on = chosen.includes(id);
          return (
            <label key={id} className="flex min-h-8 items-center gap-2">
              <input
                type="checkbox"
                className="size-4"
                checked={on}
                onChange={() => onChange(on ? chosen.filter((each) => each !== id) : [...chosen, id])}
              />
              {name}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
