/** An access review: each role of each person is kept or taken, and signed for. */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Role } from '../../../contract/names.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { type Member, reviewAccess } from '../api/staff.ts';
import { useSay } from '../language.ts';
import { useSession } from '../session.ts';
import { Refused } from '../step-up.tsx';
import { Ticks } from './roles-field.tsx';

export function Review({
  people,
  onClose,
}: {
  readonly people: readonly Member[];
  readonly onClose: () => void;
}) {
  const say = useSay();
  const { person } = useSession();
  // Nobody signs for themselves.
  const others = people.filter(({ id, state }) => id !== person.id && state !== 'left');
  const [kept, setKept] = useState<Readonly<Record<string, readonly Role[]>>>(
    Object.fromEntries(others.map(({ id, roles }) => [id, roles.map(({ role }) => role)])),
  );
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => reviewAccess({ people: others.map(({ id }) => ({ id, keep: [...(kept[id] ?? [])] })) }),
    onSuccess: onClose,
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <Dialog wide title={say('staff.review')} closeLabel={say('do.close')} onClose={onClose}>
      {error !== null ? (
        <Refused error={error} onProved={() => mutate()} />
      ) : (
        <form onSubmit={send} className="space-y-4">
          <p className="text-soft">{say('staff.reviewLead')}</p>
          <div className="grid gap-4 sm:grid-cols-2">
            {others.map(({ id, name, roles }) => (
              <Ticks
                key={id}
                legend={name}
                all={roles.map(({ role }) => ({ id: role, name: say(`role.${role}`) }))}
                chosen={kept[id] ?? []}
                onChange={(chosen) => setKept({ ...kept, [id]: chosen })}
              />
            ))}
          </div>
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{say('do.cancel')}</Button>
            <Button type="submit" look="main" busy={isPending}>
              {say('staff.sign')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
