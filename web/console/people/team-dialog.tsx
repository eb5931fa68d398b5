/** A new team: a name, nothing more. Who belongs to it is said at each person. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { makeTeam, type Staff } from '../api/people.ts';
import { useSay } from '../language.ts';
import { Refused } from '../refused.tsx';

export function TeamDialog({ staff, onClose }: { readonly staff: Staff; readonly onClose: () => void }) {
  const say = useSay();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => makeTeam(name.trim()),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['staff'] });
      await queries.invalidateQueries({ queryKey: ['colleagues'] });
      onClose();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <Dialog title={say('people.newTeam')} closeLabel={say('do.close')} onClose={onClose}>
      <form onSubmit={send} className="space-y-4">
        <TextField
          label={say('people.teamName')}
          hint={
            staff.teams.length === 0
              ? say('people.teamHint')
              : say('people.teamsNow', { names: staff.teams.map((team) => team.name).join(', ') })
          }
          autoFocus
          required
          maxLength={200}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Refused error={error} conflict="people.teamConflict" />
        <Button type="submit" look="main" busy={isPending}>
          {say('people.teamDo')}
        </Button>
      </form>
    </Dialog>
  );
}
