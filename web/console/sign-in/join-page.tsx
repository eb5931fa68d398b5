/** Where an invitation leads: the token stands after `#`, which the browser sends to nobody. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { Button, buttonClass } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Loading } from '../../ui/states.tsx';
import { CallError } from '../api/call.ts';
import { acceptInvitation, readInvitation, type SignedInStep } from '../api/own.ts';
import { Failed } from '../failed.tsx';
import { chooseLanguage, useSay } from '../language.ts';
import { Outside, StepTitle } from './outside.tsx';
import { SignInSteps } from './sign-in-page.tsx';

/** Read once and taken out of the address, so that it stays in no history. */
function takeToken(): string {
  const token = location.hash.slice(1);
  if (token !== '') history.replaceState(history.state, '', location.pathname);
  return token;
}

export function JoinPage() {
  const [token] = useState(takeToken);
  const [step, setStep] = useState<SignedInStep | null>(null);
  const navigate = useNavigate();
  if (step !== null) return <SignInSteps first={step} onDone={() => void navigate({ to: '/' })} />;
  return (
    <Outside>
      <Invitation token={token} onNext={setStep} />
    </Outside>
  );
}

/** It is the link that is wrong, and trying again would not help. */
function isLink(error: unknown): boolean {
  return error instanceof CallError && error.status >= 400 && error.status < 429;
}

function Invitation({
  token,
  onNext,
}: {
  readonly token: string;
  readonly onNext: (step: SignedInStep) => void;
}) {
  const say = useSay();
  const [password, setPassword] = useState('');
  const invitation = useQuery({
    queryKey: ['invitation'],
    queryFn: () => readInvitation(token),
    retry: false,
    gcTime: 0,
  });
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => acceptInvitation(token, password),
    onSuccess: onNext,
  });
  const language = invitation.data?.language;
  useEffect(() => {
    if (language !== undefined) void chooseLanguage(language);
  }, [language]);
  if (invitation.isPending) return <Loading label={say('state.loading')} lines={3} />;
  if (invitation.error !== null)
    return (
      <>
        <StepTitle title={say('join.failed')}>{say('join.failedHint')}</StepTitle>
        {isLink(invitation.error) ? (
          <Link to="/" className={buttonClass()}>
            {say('signIn.title')}
          </Link>
        ) : (
          <Failed error={invitation.error} onRetry={() => void invitation.refetch()} />
        )}
      </>
    );
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <>
      <StepTitle title={say('join.title', { name: invitation.data.name })}>
        {say('join.body', { store: invitation.data.store })}
      </StepTitle>
      <form onSubmit={send} className="space-y-4">
        <TextField
          label={say('join.password')}
          hint={say('password.hint')}
          type="password"
          autoComplete="new-password"
          required
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
        {error !== null && <Failed error={error} />}
        <Button type="submit" look="main" size="large" busy={isPending} className="w-full">
          {say('signIn.next')}
        </Button>
      </form>
    </>
  );
}
