/** Making a key, changing it for a new one without a gap, and revoking it. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ROLES, type Role } from '../../../contract/names.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/states.tsx';
import { type Key, makeKey, revokeKey, rotateKey } from '../api/keys.ts';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';
import { ShownOnce } from '../shown-once.tsx';
import { useKeyName } from './key-name.ts';

const KINDS = ['server', 'browser', 'api'] as const;
const DAY_HOURS = 24;
const MOST_HOURS = 720;

function useRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['keys'] });
}

function Made({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) {
  const say = useSay();
  return (
    <ShownOnce label={say('apiKeys.secret')} secret={secret} hint={say('apiKeys.once')} onClose={onClose} />
  );
}

export function NewKeyDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useSay();
  const refresh = useRefresh();
  const [label, setLabel] = useState('');
  const [kind, setKind] = useState<Key['kind']>('server');
  const [role, setRole] = useState<Role>('support');
  const [day, setDay] = useState('');
  const { mutate, data, isPending, error } = useMutation({
    mutationFn: () =>
      makeKey({
        kind,
        label: label.trim(),
        ...(kind === 'api' ? { role } : {}),
        ...(day === '' ? {} : { until: new Date(`${day}T23:59:59`).toISOString() }),
      }),
    onSuccess: refresh,
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <Dialog title={say('apiKeys.new')} closeLabel={say('do.close')} onClose={onClose}>
      {data !== undefined ? (
        <Made secret={data.key} onClose={onClose} />
      ) : (
        <form onSubmit={send} className="space-y-4">
          <TextField
            label={say('apiKeys.label')}
            hint={say('apiKeys.labelHint')}
            autoComplete="off"
            required
            maxLength={100}
            value={label}
            onChange={({ target }) => setLabel(target.value)}
          />
          <SelectField
            label={say('apiKeys.for')}
            hint={say(`apiKeys.kindHint.${kind}`)}
            value={kind}
            onChange={({ target }) => setKind(target.value as Key['kind'])}
            options={KINDS.map((each) => ({ value: each, label: say(`apiKeys.kind.${each}`) }))}
          />
          {kind === 'api' && (
            <SelectField
              label={say('apiKeys.role')}
              value={role}
              onChange={({ target }) => setRole(target.value as Role)}
              options={ROLES.map((each) => ({ value: each, label: say(`role.${each}`) }))}
            />
          )}
          <TextField
            label={say('apiKeys.until')}
            hint={say('apiKeys.untilHint')}
            type="date"
            value={day}
            onChange={({ target }) => setDay(target.value)}
          />
          {error !== null && <Failed error={error} />}
          <Button type="submit" look="main" busy={isPending}>
            {say('apiKeys.make')}
          </Button>
        </form>
      )}
    </Dialog>
  );
}

interface StepProps {
  readonly of: Key;
  readonly onClose: () => void;
}

export function RotateDialog({ of, onClose }: StepProps) {
  const say = useSay();
  const nameOf = useKeyName();
  const refresh = useRefresh();
  const [hours, setHours] = useState(String(DAY_HOURS));
  const { mutate, data, isPending, error } = useMutation({
    mutationFn: () => rotateKey(of.id, Number(hours)),
    onSuccess: refresh,
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <Dialog
      title={say('apiKeys.rotateOne', { label: nameOf(of) })}
      closeLabel={say('do.close')}
      onClose={onClose}
    >
      {data !== undefined ? (
        <Made secret={data.key} onClose={onClose} />
      ) : (
        <form onSubmit={send} className="space-y-4">
          <p>{say('apiKeys.rotateBody')}</p>
          <TextField
            label={say('apiKeys.overlap')}
            hint={say('apiKeys.overlapHint')}
            type="number"
            inputMode="numeric"
            required
            min={0}
            max={MOST_HOURS}
            step={1}
            value={hours}
            onChange={({ target }) => setHours(target.value)}
          />
          {error !== null && <Failed error={error} />}
          <Button type="submit" look="main" busy={isPending}>
            {say('apiKeys.rotateDo')}
          </Button>
        </form>
      )}
    </Dialog>
  );
}

export function RevokeDialog({ of, onClose }: StepProps) {
  const say = useSay();
  const nameOf = useKeyName();
  const refresh = useRefresh();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => revokeKey(of.id),
    async onSuccess() {
      await refresh();
      onClose();
    },
  });
  return (
    <Dialog
      title={say('apiKeys.revokeOne', { label: nameOf(of) })}
      closeLabel={say('do.close')}
      onClose={onClose}
    >
      <div className="space-y-4">
        <Notice look="warn">{say('apiKeys.revokeBody')}</Notice>
        {error !== null && <Failed error={error} />}
        <div className="flex flex-wrap gap-2">
          <Button look="danger" busy={isPending} onClick={() => mutate()}>
            {say('apiKeys.revokeDo')}
          </Button>
          <Button onClick={onClose}>{say('do.cancel')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
