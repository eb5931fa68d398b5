/** One customer on one page: who, what happened, what they chose, and who looked. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Badge, Loading, Notice } from '../../ui/states.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { CallError } from '../api/call.ts';
import { type Opened, type Profile, readProfile } from '../api/customers.ts';
import { LogCase } from '../cases/log-case.tsx';
import { Failed } from '../failed.tsx';
import { GroundFields, groundOf, useFirstDraft } from '../find/ground-fields.tsx';
import { useFormat } from '../format.ts';
import { type Ground, groundFor, keepGround } from '../ground.ts';
import { useSay, useSayName } from '../language.ts';
import { MAY } from '../roles.ts';
import { useSession } from '../session.ts';
import { Page, Sheet } from '../shell/page.tsx';
import { Because } from './because.tsx';
import { CallerCheck } from './caller-check.tsx';
import { Choices } from './choices.tsx';
import { CustomerCases } from './customer-cases.tsx';
import { FieldsSheet } from './fields-sheet.tsx';
import { LookedList } from './looked.tsx';
import { RevealDialog } from './reveal-dialog.tsx';
import { CUSTOMER_TABS } from './tabs.ts';
import { CustomerTags, type GivenTag } from './tags.tsx';
import { Timeline } from './timeline.tsx';
import { askable } from './values.ts';

export function CustomerPage() {
  const say = useSay();
  const { id } = useParams({ from: '/inside/customers/$id' });
  const [ground, setGround] = useState(() => groundFor(id));
  const open = (next: Ground) => {
    keepGround(id, next);
    setGround(next);
  };
  if (ground === null)
    return (
      <Page
        up={{ to: '/find', label: say('nav.find') }}
        title={say('ground.title')}
        lead={say('ground.lead')}
      >
        <AskGround first={null} onGiven={open} />
      </Page>
    );
  return <OpenedCustomer id={id} ground={ground} onChange={() => setGround(null)} />;
}

/** Without a purpose and what shows it nothing is opened: a page that is loaded anew asks again. */
function AskGround({
  first,
  onGiven,
}: {
  readonly first: Ground | null;
  readonly onGiven: (ground: Ground) => void;
}) {
  const say = useSay();
  const [draft, setDraft] = useState(useFirstDraft(first));
  const send = (event: FormEvent) => {
    event.preventDefault();
    onGiven(groundOf(draft));
  };
  return (
    <div className="max-w-md">
      <Sheet>
        <form onSubmit={send} className="space-y-4">
          <GroundFields draft={draft} onChange={setDraft} />
          <Button type="submit" look="main">
            {say('ground.open')}
          </Button>
        </form>
      </Sheet>
    </div>
  );
}

interface OpenedProps {
  readonly id: string;
  readonly ground: Ground;
  readonly onChange: () => void;
}

function OpenedCustomer({ id, ground, onChange }: OpenedProps) {
  const say = useSay();
  const { data, error, isPending } = useQuery({
    queryKey: ['profile', id, ground],
    queryFn: () => readProfile(id, ground),
    // Each reading is an opening: a page that is still here is not opened again by itself.
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (isPending)
    return (
      <Page up={{ to: '/find', label: say('nav.find') }} title={say('customer.name')}>
        <Loading label={say('state.loading')} lines={8} />
      </Page>
    );
  if (error !== null)
    return (
      <Page up={{ to: '/find', label: say('nav.find') }} title={say('customer.name')}>
        <div className="max-w-xl space-y-4">
          <Failed error={error} />
          {error instanceof CallError && error.status === 403 && (
            <Button onClick={onChange}>{say('ground.change')}</Button>
          )}
        </div>
      </Page>
    );
  return <Whole id={id} ground={ground} profile={data} onChange={onChange} />;
}

function orderOf({ evidence }: Ground): string {
  return evidence?.kind === 'order' ? evidence.value : '';
}

function nameIn(fields: Profile['fields']): string | null {
  const name = fields['identity.name'];
  return name?.state !== 'withheld' && typeof name?.value === 'string' ? name.value : null;
}

function Whole({ id, ground, profile, onChange }: OpenedProps & { readonly profile: Profile }) {
  const say = useSay();
  const { role } = useSession();
  const [asking, setAsking] = useState(false);
  const [logging, setLogging] = useState(false);
  const [verified, setVerified] = useState(profile.verified?.until ?? null);
  const [tags, setTags] = useState<readonly GivenTag[]>(profile.tags);
  const [opened, setOpened] = useState<readonly Opened[]>([]);
  const fields = Object.assign({}, profile.fields, ...opened.map((one) => one.fields)) as Profile['fields'];
  const fresh = new Set(
    opened.flatMap((one) => Object.keys(one.fields).filter((name) => one.fields[name]?.state === 'revealed')),
  );
  const hidden = askable(fields);
  const last = opened.at(-1);
  return (
    <Page
      up={{ to: '/find', label: say('nav.find') }}
      title={nameIn(fields) ?? say('customer.name')}
      name={say('customer.name')}
      wide
      lead={<Lead ground={ground} profile={profile} />}
      actions={
        <>
          {profile.because.length === 0 && (
            <CallerCheck customer={id} ground={ground} onVerified={setVerified} />
          )}
          {MAY.newCase(role) && (
            <Button onClick={() => setLogging(true)}>
              <Icon name="plus" />
              {say('case.log')}
            </Button>
          )}
          <Button onClick={onChange}>{say('ground.change')}</Button>
        </>
      }
    >
      <Standing profile={profile} ground={ground} verified={verified} tags={tags} onTags={setTags} />
      <div className="grid items-start gap-5 xl:grid-cols-[26rem_minmax(0,1fr)]">
        <Sheet
          flush
          title={say('customer.data')}
          actions={
            hidden.length > 0 && (
              <Button onClick={() => setAsking(true)}>
                <Icon name="eye" />
                {say('reveal.open')}
              </Button>
            )
          }
        >
          <p
            role="status"
            className={
              last === undefined ? 'sr-only' : 'border-b border-line bg-accent-wash px-4 py-2 text-xs'
            }
          >
            {last === undefined ? '' : say('reveal.done', { index: last.opening.ledgerIndex })}
          </p>
          <FieldsSheet fields={fields} fresh={fresh} />
        </Sheet>
        <Story id={id} ground={ground} profile={profile} />
      </div>
      {logging && (
        <LogCase whom={{ customer: id, order: orderOf(ground) }} onClose={() => setLogging(false)} />
      )}
      {asking && (
        <RevealDialog
          customer={id}
          ground={ground}
          fields={hidden}
          onRevealed={(one) => setOpened([...opened, one])}
          onClose={() => setAsking(false)}
        />
      )}
    </Page>
  );
}

function Lead({ ground, profile }: { readonly ground: Ground; readonly profile: Profile }) {
  const say = useSay();
  const name = useSayName();
  const { evidence, purpose } = ground;
  const words = {
    purpose: name('purpose', purpose),
    entries: profile.openings.map(({ ledgerIndex }) => ledgerIndex).join(', '),
  };
  return (
    <>
      {evidence === null
        ? say('customer.openedFor', words)
        : say(`customer.openedWith.${evidence.kind}`, { ...words, value: evidence.value })}
    </>
  );
}

/** What holds for the customer as a whole. */
function Standing({
  profile,
  ground,
  verified,
  tags,
  onTags,
}: {
  readonly ground: Ground;
  readonly profile: Profile;
  /** Until when the caller is; null: nobody was checked. */
  readonly verified: string | null;
  readonly tags: readonly GivenTag[];
  readonly onTags: (tags: readonly GivenTag[]) => void;
}) {
  const say = useSay();
  const format = useFormat();
  const { customer, because } = profile;
  return (
    <div className="mb-4 space-y-3">
      <div className="flex flex-wrap items-center gap-2">
        <Badge>{say(`kind.${customer.kind}`)}</Badge>
        {customer.region !== null && <Badge>{customer.region}</Badge>}
        <span className="text-xs text-soft">
          {say('customer.since', { day: format.day(customer.since) })}
        </span>
        {customer.restricted && <Badge tone="bad">{say('customer.restricted')}</Badge>}
        {customer.erased && <Badge tone="bad">{say('customer.erased')}</Badge>}
        {verified !== null && Date.parse(verified) > Date.now() && (
          <Badge tone="good">{say('caller.verified', { time: format.time(verified) })}</Badge>
        )}
        <CustomerTags id={customer.id} ground={ground} tags={tags} onChange={onTags} />
      </div>
      {because.length > 0 && (
        <Notice look="warn" title={say('customer.closed')}>
          <Because rules={because} />
        </Notice>
      )}
    </div>
  );
}

function Story({
  id,
  ground,
  profile,
}: {
  readonly id: string;
  readonly ground: Ground;
  readonly profile: Profile;
}) {
  const say = useSay();
  const navigate = useNavigate();
  const { tab = 'timeline' } = useSearch({ from: '/inside/customers/$id' });
  const cases = profile.cases ?? [];
  const tabs = CUSTOMER_TABS.filter((each) => each !== 'cases' || cases.length > 0).map((name) => ({
    name,
    label: say(`customer.tab.${name}`),
  }));
  return (
    <Sheet flush>
      <Tabs
        label={say('customer.name')}
        tabs={tabs}
        chosen={tab}
        onChoose={(next) =>
          void navigate({ to: '/customers/$id', params: { id }, search: { tab: next }, replace: true })
        }
      >
        {tab === 'timeline' && <Timeline profile={profile} />}
        {tab === 'cases' && <CustomerCases cases={cases} />}
        {tab === 'choices' && <Choices choices={profile.choices} />}
        {tab === 'looked' && <LookedList id={id} ground={ground} />}
      </Tabs>
    </Sheet>
  );
}
