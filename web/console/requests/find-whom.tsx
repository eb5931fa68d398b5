/** Whose request it is: found as anybody is found, by an order, a case, an e-mail or a phone number. */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/states.tsx';
import { findCustomers } from '../api/customers.ts';
import { Failed } from '../failed.tsx';
import { GroundFields, groundOf, useFirstDraft } from '../find/ground-fields.tsx';
import { cleaned, kindOf, LOOKED_FOR, type LookedFor } from '../find/kind-of.ts';
import { useSay } from '../language.ts';
import { shows } from '../roles.ts';

export function FindWhom({ onFound }: { readonly onFound: (customer: string) => void }) {
  const say = useSay();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<LookedFor | null>(null);
  const [draft, setDraft] = useState(useFirstDraft());
  const kind = chosen ?? kindOf(words);
  const itself = (kind === 'order' || kind === 'case') && shows(kind, draft.purpose);
  const { mutate, isPending, error, data } = useMutation({
    async mutationFn() {
      const value = cleaned(kind, words);
      const ground = itself ? { purpose: draft.purpose, evidence: { kind, value } } : groundOf(draft);
      return (await findCustomers({ kind, value }, ground)).customers;
    },
    onSuccess(found) {
      if (found.length === 1) onFound(found[0]!.id);
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <form onSubmit={send} className="space-y-4">
      <p className="text-soft">{say('request.whom')}</p>
      <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_9rem]">
        <TextField
          label={say('find.what')}
          required
          maxLength={254}
          autoComplete="off"
          spellCheck={false}
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
        <SelectField
          label={say('find.kind')}
          value={kind}
          onChange={({ target }) => setChosen(target.value as LookedFor)}
          options={LOOKED_FOR.map((each) => ({ value: each, label: say(`identifier.${each}`) }))}
        />
      </div>
      <GroundFields draft={draft} onChange={setDraft} without={itself} />
      {error !== null && <Failed error={error} />}
      {data?.length === 0 && <Notice look="warn">{say('find.none')}</Notice>}
      {data !== undefined && data.length > 1 && (
        <ul className="space-y-2">
          {data.map(({ id, name, email, phone }) => (
            <li key={id}>
              <Button className="w-full justify-start" onClick={() => onFound(id)}>
                {[name ?? say('find.noName'), email, phone].filter((part) => part !== null).join(' · ')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex justify-end">
        <Button type="submit" look="main" busy={isPending}>
          {say('signIn.next')}
        </Button>
      </div>
    </form>
  );
}
