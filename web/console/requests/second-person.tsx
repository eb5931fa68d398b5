/** Nobody erases alone: asks another person, in the words of who asks. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Notice } from '../../ui/states.tsx';
import { CallError } from '../api/call.ts';
import { askErasure } from '../api/conditions.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';

/** The server refused for want of a second person. */
export function needsSecondPerson(error: unknown): boolean {
  if (!(error instanceof CallError) || error.code !== 'forbidden') return false;
  const { details } = error;
  return (
    typeof details === 'object' && details !== null && 'needs' in details && details.needs === 'second-person'
  );
}

export function SecondPerson({ customer }: { readonly customer: string }) {
  const say = useSay();
  const format = useFormat();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: () => askErasure(customer, reason.trim()),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['approvals'] }),
  });
  if (data !== undefined)
    return (
      <Notice look="good">
        {data.opensAt === null
          ? say('erase.asked')
          : say('erase.delayed', { moment: format.moment(data.opensAt) })}
      </Notice>
    );
  return (
    <Notice look="warn" title={say('erase.alone')}>
      <div className="mt-2 space-y-3">
        <p>{say('erase.aloneBody')}</p>
        <TextArea
          label={say('ground.reason')}
          rows={2}
          maxLength={500}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
        {error !== null && <Failed error={error} />}
        <Button busy={isPending} disabled={reason.trim() === ''} onClick={() => mutate()}>
          {say('approval.ask')}
        </Button>
      </div>
    </Notice>
  );
}
