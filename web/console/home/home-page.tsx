/** What needs somebody today. */
import { useSay } from '../language.ts';
import { useSession } from '../session.ts';
import { Page } from '../shell/page.tsx';

export function HomePage() {
  const say = useSay();
  const { person } = useSession();
  return (
    <Page title={say('home.title', { name: person.name })} name={say('nav.home')}>
      {null}
    </Page>
  );
}
