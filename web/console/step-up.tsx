/** Proves once more who is there, before something sensitive. */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { stepUp } from './api/own.ts';
import { Failed } from './failed.tsx';
import { useSay } from './language.ts';
import { passkeysHere, stepUpByPasskey } from './passkey.ts';
import { useSession } from './session.ts';

export function StepUp({ why, onDone }: { readonly why?: string; readonly onDone: () => void }) {
  const say = useSay();
  const [code, setCode] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => stepUp(code.replace(/\s/g, '')),
    onSuccess: onDone,
  });
  const { factors } = useSession();
  const byPasskey = useMutation({ mutationFn: stepUpByPasskey, onSuccess: onDone });
  const send = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    mutate();
  };
  return (
    <form onSubmit={send} className="space-y-3">
      <p>{why ?? say('stepUp.why')}</p>
      <TextField
        label={say('code.digits')}
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        required
        minLength={6}
        value={code}
        onChange={({ target }) => setCode(target.value)}
        className="font-mono text-base tracking-[0.3em]"
      />
      {error !== null && <Failed error={error} />}
      {byPasskey.error !== null && <Failed error={byPasskey.error} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="main" busy={isPending}>
          {say('stepUp.do')}
        </Button>
        {passkeysHere && factors.includes('passkey') && (
          <Button busy={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
            {say('stepUp.passkey')}
          </Button>
        )}
      </div>
    </form>
  );
}
