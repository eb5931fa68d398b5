/** An address, then the code that was sent there. */
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { send } from '../api/call.ts';
import type { Session } from '../api/center.ts';
import { Failed } from '../failed.tsx';
import { useLanguage, useSay } from '../language.ts';
import { useDoing } from '../loaded.ts';
import { enter } from '../session.ts';

export function CodeForm() {
  const language = useLanguage();
  const [email, setEmail] = useState('');
  const [sent, setSent] = useState(false);
  const asking = useDoing(async () => {
    await send('/code', { email: email.trim(), language });
    setSent(true);
  });
  return sent ? (
    <CodeStep email={email.trim()} onOther={() => setSent(false)} />
  ) : (
    <EmailStep email={email} onChange={setEmail} asking={asking} />
  );
}

function EmailStep({
  email,
  onChange,
  asking,
}: {
  readonly email: string;
  readonly onChange: (email: string) => void;
  readonly asking: ReturnType<typeof useDoing<void>>;
}) {
  const say = useSay();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void asking.run();
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <TextField
        label={say('in.email')}
        type="email"
        autoComplete="email"
        required
        maxLength={254}
        dir="ltr"
        value={email}
        onChange={({ target }) => onChange(target.value)}
      />
      {asking.failure !== null && <Failed failure={asking.failure} />}
      <Button type="submit" look="main" size="large" busy={asking.busy} className="w-full">
        {say('in.send')}
      </Button>
    </form>
  );
}

function CodeStep({ email, onOther }: { readonly email: string; readonly onOther: () => void }) {
  const say = useSay();
  const [code, setCode] = useState('');
  const entering = useDoing(async () => enter(await send<Session>('/session', { email, code })));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void entering.run();
  };
  return (
    <form onSubmit={submit} className="space-y-4">
      <p role="status">{say('in.sent')}</p>
      <TextField
        label={say('in.code')}
        hint={say('in.codeHint')}
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        required
        maxLength={20}
        dir="ltr"
        value={code}
        onChange={({ target }) => setCode(target.value)}
      />
      {entering.failure !== null && <Failed failure={entering.failure} />}
      <Button type="submit" look="main" size="large" busy={entering.busy} className="w-full">
        {say('in.go')}
      </Button>
      <Button look="quiet" className="w-full" onClick={onOther}>
        {say('in.other')}
      </Button>
    </form>
  );
}
