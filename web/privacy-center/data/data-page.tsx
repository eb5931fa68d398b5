/** What is held, field by field in plain groups; each line opens to its reasons. */
import { Notice } from '../../ui/states.tsx';
import type { Held, HeldValue } from '../api/center.ts';
import { useFormat } from '../format.ts';
import { useFieldName, useSay } from '../language.ts';
import { Link } from '../link.tsx';
import { useLoaded } from '../loaded.ts';
import { usePurposeName } from '../purposes.ts';
import { useSession } from '../session.ts';
import { Come, Nothing, Page, Sheet } from '../shell/page.tsx';
import { ConversationsSheet } from './conversations.tsx';
import { GROUPS, groupOf } from './groups.ts';
import { HappeningsSheet } from './happenings.tsx';
import { Line } from './line.tsx';
import { OrdersSheet } from './orders.tsx';
import { Recipients, Retained, Since, Why } from './reasons.tsx';
import { ValueLine } from './value-line.tsx';

export function DataPage() {
  const say = useSay();
  const { strength } = useSession();
  const held = useLoaded<Held>('/held');
  // The names of purposes stand in every line: they are there before one is opened.
  usePurposeName();
  return (
    <Page title={say('data.title')} lead={say('data.lead')}>
      {strength === 'order' && <Notice look="plain">{say('data.maskedLead')}</Notice>}
      <Come loaded={held} lines={8}>
        {(answer) => <All held={answer} />}
      </Come>
    </Page>
  );
}

function All({ held }: { readonly held: Held }) {
  const say = useSay();
  const format = useFormat();
  const { about, values, counts } = held;
  const groups = GROUPS.map((group) => ({
    group,
    members: values.filter(({ field }) => groupOf(field) === group),
  })).filter(({ members }) => members.length > 0);
  const nothing = groups.length === 0 && counts.orders + counts.cases + counts.events === 0;
  return (
    <>
      {about.restricted && <Notice look="plain">{say('data.restricted')}</Notice>}
      {nothing && <Nothing>{say('data.none')}</Nothing>}
      {groups.map(({ group, members }) => (
        <Sheet key={group} title={say(`group.${group}`)}>
          <Values members={members} held={held} />
        </Sheet>
      ))}
      <OrdersSheet count={counts.orders} held={held} />
      <ConversationsSheet count={counts.cases} held={held} />
      <HappeningsSheet count={counts.events} held={held} />
      {held.identifiers.length > 0 && <Identifiers held={held} />}
      <Sheet title={say('data.more')}>
        <ul className="divide-y divide-line">
          {(
            [
              ['tags', 'tags.title', held.tags.length],
              ['choices', 'choices.title', counts.choices],
              ['looks', 'looks.title', counts.looks],
            ] as const
          ).map(([to, title, count]) => (
            <li key={to}>
              <Link
                to={to}
                className="flex items-center justify-between gap-3 px-4 py-3.5 -outline-offset-2 hover:bg-wash"
              >
                <span>{say(title)}</span>
                <span className="text-soft">{format.number(count)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </Sheet>
    </>
  );
}

function Values({ members, held }: { readonly members: readonly HeldValue[]; readonly held: Held }) {
  return (
    <ul className="divide-y divide-line">
      {members.map((value) => (
        <li key={value.field}>
          <ValueLine held={held} value={value} />
        </li>
      ))}
    </ul>
  );
}

const KINDS: Readonly<Record<string, string>> = {
  userId: 'account.userId',
  anonymousId: 'behavior.anonymousId',
  email: 'contact.email',
  phone: 'contact.phone',
  order: 'transaction.order',
};

function Identifiers({ held }: { readonly held: Held }) {
  const say = useSay();
  const fieldName = useFieldName();
  return (
    <Sheet title={say('data.known')}>
      <ul className="divide-y divide-line">
        {held.identifiers.map(({ kind, value, verified, since, retention, purposes }) => (
          <li key={`${kind} ${value}`}>
            <Line
              name={fieldName(KINDS[kind] ?? kind)}
              value={value}
              {...(verified ? { note: say('data.proved') } : {})}
            >
              <Why purposes={purposes} held={held} />
              <Since at={since} />
              <Retained name={retention} held={held} />
              <Recipients held={held} purposes={purposes} />
            </Line>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
