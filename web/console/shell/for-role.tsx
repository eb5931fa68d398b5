/** A page that is for some roles. The server refuses the others anyway; here they are told so before it is asked. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Role } from '../../../contract/names.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Empty } from '../../ui/states.tsx';
import { useSay } from '../language.ts';
import { useSession } from '../session.ts';
import { Page } from './page.tsx';

export function ForRole({
  may,
  title,
  children,
}: {
  readonly may: (role: Role) => boolean;
  readonly title: string;
  readonly children: ReactNode;
}) {
  const say = useSay();
  const { role } = useSession();
  if (may(role)) return children;
  return (
    <Page title={title}>
      <Empty
        title={say('notYours.title')}
        action={
          <Link to="/" className={buttonClass()}>
            {say('notFound.home')}
          </Link>
        }
      >
        {say('notYours.body', { role: say(`role.${role}`) })}
      </Empty>
    </Page>
  );
}
