/** A new password. All other sessions end. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/states.tsx';
import { changePassword } from '../api/own.ts';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';
import { useSession } from '../session.ts';
import { Sheet } from '../shell/page.tsx';

export function Password() {
  const say = useSay();
  const queries = useQueryClient();
  const { person } = useSession();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const { mutate, isPending, error, isSuccess } = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess() {
      setCurrent('');
      setNext('');
      void queries.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <Sheet title={say('password.title')}>
      <form onSubmit={send} className="max-w-sm space-y-4">
        <input type="text" autoComplete="username" value={person.email} readOnly hidden />
        <TextField
          label={say('password.current')}
          type="password"
          autoComplete="current-password"
          required
          value={current}
          onChange={({ target }) => setCurrent(target.value)}
        />
        <TextField
          label={say('password.new')}
          hint={say('password.hint')}
          type="password"
          autoComplete="new-password"
          required
          value={next}
          onChange={({ target }) => setNext(target.value)}
        />
        {error !== null && <Failed error={error} />}
        {isSuccess && <Notice look="good">{say('password.changed')}</Notice>}
        <Button type="submit" busy={isPending}>
          {say('password.change')}
        </Button>
      </form>
    </Sheet>
  );
}
