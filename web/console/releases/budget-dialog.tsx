/** How much may be told about a set of data for a purpose, in all. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/states.tsx';
import { setBudget } from '../api/releases.ts';
import { Failed } from '../failed.tsx';
import { useSay, useSayName } from '../language.ts';
import { BUDGET_DATASETS } from './datasets.ts';

const PURPOSES = ['analytics', 'research'] as const;
const AMOUNT = '(?:\\d{1,9}(?:\\.\\d{1,15})?(?:e-?\\d{1,2})?|\\d{1,12}/\\d{1,12})';

export function BudgetDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useSay();
  const name = useSayName();
  const queries = useQueryClient();
  const [dataset, setDataset] = useState<(typeof BUDGET_DATASETS)[number]>('orders');
  const [purpose, setPurpose] = useState<string>('analytics');
  const [epsilon, setEpsilon] = useState('');
  const [delta, setDelta] = useState('1e-6');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => setBudget({ dataset, purpose, epsilon: epsilon.trim(), delta: delta.trim() }),
    async onSuccess() {
      await queries.invalidateQueries({ queryKey: ['budgets'] });
      onClose();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <Dialog title={say('release.setBudget')} closeLabel={say('do.close')} onClose={onClose}>
      <form onSubmit={send} className="space-y-4">
        <Notice look="plain">{say('release.budgetHint')}</Notice>
        <SelectField
          label={say('release.dataset')}
          value={dataset}
          onChange={({ target }) => setDataset(target.value as typeof dataset)}
          options={BUDGET_DATASETS.map((each) => ({ value: each, label: name('dataset', each) }))}
        />
        <SelectField
          label={say('release.purpose')}
          value={purpose}
          onChange={({ target }) => setPurpose(target.value)}
          options={PURPOSES.map((each) => ({ value: each, label: name('purpose', each) }))}
        />
        <TextField
          label={say('release.epsilon')}
          hint={say('release.epsilonHint')}
          required
          pattern={AMOUNT}
          autoComplete="off"
          value={epsilon}
          onChange={({ target }) => setEpsilon(target.value)}
        />
        <TextField
          label={say('release.delta')}
          hint={say('release.deltaHint')}
          required
          pattern={AMOUNT}
          autoComplete="off"
          value={delta}
          onChange={({ target }) => setDelta(target.value)}
        />
        {error !== null && <Failed error={error} />}
        <Button type="submit" look="main" busy={isPending}>
          {say('do.save')}
        </Button>
      </form>
    </Dialog>
  );
}
