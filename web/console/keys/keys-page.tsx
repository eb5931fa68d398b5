/** The keys with which servers, pages and programs of the store call Bailee. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Badge, Empty, Loading, type Tone } from '../../ui/states.tsx';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { type Key, listKeys } from '../api/keys.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { MAY } from '../roles.ts';
import { useSession } from '../session.ts';
import { ForRole } from '../shell/for-role.tsx';
import { Page } from '../shell/page.tsx';
import { NewKeyDialog, RevokeDialog, RotateDialog } from './key-dialogs.tsx';
import { useKeyKind, useKeyName } from './key-name.ts';

export function KeysPage() {
  const say = useSay();
  return (
    <ForRole may={MAY.staff} title={say('nav.keys')}>
      <Keys />
    </ForRole>
  );
}

type Shown = { readonly what: 'new' } | { readonly what: 'rotate' | 'revoke'; readonly key: Key };

function Keys() {
  const say = useSay();
  const { role } = useSession();
  const [shown, setShown] = useState<Shown | null>(null);
  const [all, setAll] = useState(false);
  const { data, error, refetch } = useQuery({ queryKey: ['keys'], queryFn: listKeys });
  const manages = MAY.manageStaff(role);
  const close = () => setShown(null);
  const keys = (data?.keys ?? []).filter((key) => all || works(key));
  const ended = (data?.keys ?? []).some((key) => !works(key));
  return (
    <Page
      wide
      title={say('nav.keys')}
      lead={say('apiKeys.lead')}
      actions={
        manages && (
          <Button look="main" onClick={() => setShown({ what: 'new' })}>
            <Icon name="plus" />
            {say('apiKeys.new')}
          </Button>
        )
      }
    >
      {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && (
        <Loading label={say('state.loading')} lines={6} shape="rows" />
      )}
      {ended && (
        <label className="mb-3 flex min-h-8 w-fit cursor-pointer items-center gap-2">
          <input
            type="checkbox"
            checked={all}
            onChange={({ target }) => setAll(target.checked)}
            className="size-4"
          />
          {say('apiKeys.showEnded')}
        </label>
      )}
      {data !== undefined && keys.length === 0 && (
        <Empty title={say('apiKeys.none')}>{say('apiKeys.noneHint')}</Empty>
      )}
      {keys.length > 0 && <KeyTable keys={keys} onStep={manages ? setShown : null} />}
      {shown?.what === 'new' && <NewKeyDialog onClose={close} />}
      {shown?.what === 'rotate' && <RotateDialog of={shown.key} onClose={close} />}
      {shown?.what === 'revoke' && <RevokeDialog of={shown.key} onClose={close} />}
    </Page>
  );
}

function works({ revokedAt, until }: Key): boolean {
  return revokedAt === null && (until === null || Date.parse(until) > Date.now());
}

interface KeyTableProps {
  readonly keys: readonly Key[];
  readonly onStep: ((shown: Shown) => void) | null;
}

function KeyTable({ keys, onStep }: KeyTableProps) {
  const say = useSay();
  const columns: readonly Column[] = [
    { key: 'label', label: say('apiKeys.label') },
    { key: 'state', label: say('people.state') },
    { key: 'made', label: say('apiKeys.made'), wide: true },
    { key: 'used', label: say('apiKeys.used'), wide: true },
    ...(onStep === null ? [] : [{ key: 'steps', label: say('apiKeys.steps'), bare: true }]),
  ];
  return (
    <Table label={say('nav.keys')} columns={columns}>
      {keys.map((key) => (
        <KeyRow key={key.id} of={key} onStep={onStep} />
      ))}
    </Table>
  );
}

function KeyRow({ of, onStep }: Omit<KeyTableProps, 'keys'> & { readonly of: Key }) {
  const say = useSay();
  const format = useFormat();
  const kindOf = useKeyKind();
  const nameOf = useKeyName();
  return (
    <Row>
      <Cell head>
        <div className="font-medium break-words">{nameOf(of)}</div>
        {of.label !== '' && <div className="text-xs text-soft">{kindOf(of)}</div>}
      </Cell>
      <Cell>
        <State of={of} />
      </Cell>
      <Cell wide>{format.day(of.createdAt)}</Cell>
      <Cell wide>
        {of.lastUsedAt === null ? (
          <span className="text-soft">{say('people.never')}</span>
        ) : (
          <time dateTime={of.lastUsedAt} title={format.moment(of.lastUsedAt)}>
            {format.since(of.lastUsedAt)}
          </time>
        )}
      </Cell>
      {onStep !== null && (
        <Cell>
          {works(of) && (
            <div className="flex flex-wrap justify-end gap-2">
              <Button
                aria-label={say('apiKeys.rotateOne', { label: nameOf(of) })}
                onClick={() => onStep({ what: 'rotate', key: of })}
              >
                {say('apiKeys.rotate')}
              </Button>
              <Button
                look="danger"
                aria-label={say('apiKeys.revokeOne', { label: nameOf(of) })}
                onClick={() => onStep({ what: 'revoke', key: of })}
              >
                {say('apiKeys.revoke')}
              </Button>
            </div>
          )}
        </Cell>
      )}
    </Row>
  );
}

function State({ of }: { readonly of: Key }) {
  const say = useSay();
  const format = useFormat();
  const [tone, text, at]: readonly [Tone, 'revoked' | 'ended' | 'ends' | 'works', string | null] =
    of.revokedAt !== null
      ? ['bad', 'revoked', of.revokedAt]
      : of.until === null
        ? ['good', 'works', null]
        : works(of)
          ? ['warn', 'ends', of.until]
          : ['plain', 'ended', of.until];
  return (
    <>
      <Badge tone={tone}>{say(`apiKeys.state.${text}`)}</Badge>
      {at !== null && (
        <time dateTime={at} className="block pt-0.5 text-xs text-soft">
          {format.moment(at)}
        </time>
      )}
    </>
  );
}
