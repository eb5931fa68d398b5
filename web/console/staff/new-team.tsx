/** A team to hand cases to. */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { makeTeam } from '../api/staff.ts';
import { useSay } from '../language.ts';
import { Refused } from '../step-up.tsx';

export function NewTeam({ onClose }: { readonly onClose: () => void }) {
  const say = useSay();
  const [name, setName] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => makeTeam(name.trim()),
    onSuccess: onClose,
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <Dialog title={say('staff.newTeam')} closeLabel={say('do.close')} onClose={onClose}>
      {error !== null ? (
        <Refused error={error} onProved={() => mutate()} />
      ) : (
        <form onSubmit={send} className="space-y-4">
          <TextField
            label={say('staff.teamName')}
            required
            maxLength={200}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <Button type="submit" look="main" busy={isPending}>
            {say('do.save')}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
