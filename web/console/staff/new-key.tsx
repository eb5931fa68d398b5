/** A key for a program. Its secret is shown once. */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ROLES, type Role } from '../../../contract/names.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { type Key, newKey } from '../api/staff.ts';
import { useSay } from '../language.ts';
import { Refused } from '../step-up.tsx';
import { SecretOnce } from './secret-once.tsx';

const KINDS: readonly Key['kind'][] = ['server', 'browser', 'api'];

export function NewKey({ onClose }: { readonly onClose: () => void }) {
  const say = useSay();
  const [kind, setKind] = useState<Key['kind']>('api');
  const [role, setRole] = useState<Role>('support');
  const [label, setLabel] = useState('');
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: () => newKey({ kind, label: label.trim(), ...(kind === 'api' ? { role } : {}) }),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <Dialog title={say('keysOf.new')} closeLabel={say('do.close')} onClose={onClose}>
      {data !== undefined ? (
        <SecretOnce title={say('keysOf.secret')} secret={data.key} onDone={onClose} />
      ) : error !== null ? (
        <Refused error={error} onProved={() => mutate()} />
      ) : (
        <form onSubmit={send} className="space-y-4">
          <TextField
            label={say('keysOf.label')}
            required
            maxLength={100}
            value={label}
            onChange={({ target }) => setLabel(target.value)}
          />
          <SelectField
            label={say('keysOf.kind')}
            value={kind}
            onChange={({ target }) => setKind(target.value as Key['kind'])}
            options={KINDS.map((each) => ({ value: each, label: say(`keysOf.kind.${each}`) }))}
          />
          {kind === 'api' && (
            <SelectField
              label={say('keysOf.role')}
              value={role}
              onChange={({ target }) => setRole(target.value as Role)}
              options={ROLES.map((each) => ({ value: each, label: say(`role.${each}`) }))}
            />
          )}
          <Button type="submit" look="main" busy={isPending}>
            {say('keysOf.new')}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
