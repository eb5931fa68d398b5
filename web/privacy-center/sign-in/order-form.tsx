/** The number of an order, and something else that stands on it. */
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { send } from '../api/call.ts';
import type { Session } from '../api/center.ts';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';
import { useDoing } from '../loaded.ts';
import { enter } from '../session.ts';

/** One field for both proofs: an address has an @, a postal code has none. */
function proofOf(words: string): { readonly email: string } | { readonly postalCode: string } {
  const proof = words.trim();
  return proof.includes('@') ? { email: proof } : { postalCode: proof };
}

export function OrderForm() {
  const say = useSay();
  const [order, setOrder] = useState('');
  const [proof, setProof] = useState('');
  const entering = useDoing(async () =>
    enter(await send<Session>('/session', { order: order.trim(), ...proofOf(proof) })),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void entering.run();
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <TextField
        label={say('in.order')}
        autoComplete="off"
        required
        maxLength={100}
        dir="ltr"
        value={order}
        onChange={({ target }) => setOrder(target.value)}
      />
      <TextField
        label={say('in.orderProof')}
        hint={say('in.orderHint')}
        autoComplete="off"
        required
        maxLength={254}
        dir="ltr"
        value={proof}
        onChange={({ target }) => setProof(target.value)}
      />
      {entering.failure !== null && <Failed failure={entering.failure} />}
      <Button type="submit" look="main" size="large" busy={entering.busy} className="w-full">
        {say('in.go')}
      </Button>
    </form>
  );
}
