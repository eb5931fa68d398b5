/** The first factor. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { CallError } from '../api/call.ts';
import { type DemoPerson, demoStaff, type SignedInStep, signIn, signInByCode } from '../api/own.ts';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';
import { OtherWays } from './other-ways.tsx';
import { StepTitle } from './outside.tsx';

const MOST_WAITS = 3;
const WAIT_MS = 10_500;

export function PasswordStep({ onNext }: { readonly onNext: (step: SignedInStep) => void }) {
  const say = useSay();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => signIn(email.trim(), password),
    onSuccess: onNext,
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <>
      <StepTitle title={say('signIn.title')} />
      <form onSubmit={send} className="space-y-4">
        <TextField
          label={say('signIn.email')}
          type="email"
          autoComplete="username"
          required
          value={email}
          onChange={({ target }) => setEmail(target.value)}
        />
        <TextField
          label={say('signIn.password')}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
        {error !== null && <Failed error={error} />}
        <Button type="submit" look="main" size="large" busy={isPending} className="w-full">
          {say('signIn.next')}
        </Button>
      </form>
      <OtherWays onNext={onNext} />
      <p className="mt-4 text-xs text-soft">{say('signIn.help')}</p>
      <DemoPeople onNext={onNext} />
    </>
  );
}

/** A code opens once: whoever comes back within half a minute waits for the next one. */
async function enter(look: () => Promise<DemoPerson | undefined>): Promise<SignedInStep> {
  for (let tries = 0; ; tries += 1) {
    const person = await look();
    if (person === undefined) throw new Error();
    await signIn(person.email, person.password);
    try {
      return await signInByCode(person.code);
    } catch (error) {
      if (tries === MOST_WAITS || !(error instanceof CallError) || error.code !== 'sign_in_refused')
        throw error;
      await new Promise((wake) => setTimeout(wake, WAIT_MS));
    }
  }
}

/** At the demo shop, and there alone, the server says who can be tried. */
function DemoPeople({ onNext }: { readonly onNext: (step: SignedInStep) => void }) {
  const say = useSay();
  const { data, refetch } = useQuery({
    queryKey: ['demo-staff'],
    queryFn: demoStaff,
    retry: false,
    gcTime: 0,
  });
  const { mutate, isPending, error } = useMutation({
    mutationFn: (email: string) =>
      enter(async () => (await refetch()).data?.people.find((each) => each.email === email)),
    onSuccess: onNext,
  });
  if (data === undefined) return null;
  return (
    <div className="mt-5 border-t border-line pt-4">
      <h2 className="text-sm font-medium">{say('signIn.demo')}</h2>
      <p className="mt-0.5 mb-2 text-xs text-soft">{say('signIn.demoHint')}</p>
      {error !== null && <Failed error={error} />}
      <ul className="-mx-2">
        {data.people.map(({ email, name, role }) => (
          <li key={email}>
            <button
              type="button"
              disabled={isPending}
              onClick={() => mutate(email)}
              className="flex min-h-8 w-full cursor-pointer items-center justify-between gap-3 rounded-md px-2 py-1 text-left hover:bg-wash disabled:opacity-60"
            >
              <span className="truncate">{name}</span>
              <span className="text-xs text-soft">{say(`role.${role}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
