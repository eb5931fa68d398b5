/** One's own account: sessions, password, and people one knows. */
import { useSay } from '../language.ts';
import { Page } from '../shell/page.tsx';
import { KnownPeople } from './known-people.tsx';
import { Passkeys } from './passkeys.tsx';
import { Password } from './password.tsx';
import { Sessions } from './sessions.tsx';

export function SettingsPage() {
  const say = useSay();
  return (
    <Page title={say('nav.settings')} lead={say('settings.lead')}>
      <div className="max-w-2xl space-y-5">
        <Sessions />
        <Passkeys />
        <Password />
        <KnownPeople />
      </div>
    </Page>
  );
}
