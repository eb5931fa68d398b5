/** Passkey and company account, where the installation has them. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, buttonClass } from '../../ui/button.tsx';
import type { SignedInStep } from '../api/own.ts';
import { Failed } from '../failed.tsx';
import { useSay } from '../language.ts';
import { passkeysHere, readWays, signInByPasskey } from '../passkey.ts';

export function OtherWays({ onNext }: { readonly onNext: (step: SignedInStep) => void }) {
  const say = useSay();
  const { data } = useQuery({ queryKey: ['ways'], queryFn: readWays, retry: false });
  const { mutate, isPending, error } = useMutation({ mutationFn: signInByPasskey, onSuccess: onNext });
  const passkey = data?.passkey === true && passkeysHere;
  if (!passkey && data?.openid !== true) return null;
  return (
    <div className="mt-3 space-y-2">
      {error !== null && <Failed error={error} />}
      {passkey && (
        <Button size="large" className="w-full" busy={isPending} onClick={() => mutate()}>
          {say('passkeys.signIn')}
        </Button>
      )}
      {data?.openid === true && (
        <a href="/api/session/openid/begin" className={`${buttonClass('plain', 'large')} w-full`}>
          {say('signIn.openid')}
        </a>
      )}
    </div>
  );
}
