/** Keys of programs: what they may do, when they were last used, and the end of them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Badge, Empty, Loading } from '../../ui/states.tsx';
import { type Key, listKeys, revokeKey, rotateKey } from '../api/staff.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { MAY } from '../roles.ts';
import { useSession } from '../session.ts';
import { Page, Sheet } from '../shell/page.tsx';
import { Refused } from '../step-up.tsx';
import { NewKey } from './new-key.tsx';
import { SecretOnce } from './secret-once.tsx';

export function KeysPage() {
  const say = useSay();
  const { role } = useSession();
  const queries = useQueryClient();
  const [shown, setShown] = useState<Key | 'new' | null>(null);
  const { data, error, isPending, refetch } = useQuery({ queryKey: ['keys'], queryFn: listKeys });
  const close = () => {
    setShown(null);
    void queries.invalidateQueries({ queryKey: ['keys'] });
  };
  const mayChange = MAY.manageStaff(role);
  return (
    <Page
      title={say('nav.keys')}
      lead={say('keysOf.lead')}
      actions={
        mayChange && (
          <Button look="main" onClick={() => setShown('new')}>
            <Icon name="plus" />
            {say('keysOf.new')}
          </Button>
        )
      }
    >
      {isPending && <Loading label={say('state.loading')} />}
      {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data?.keys.length === 0 && <Empty title={say('keysOf.none')} />}
      {data !== undefined && data.keys.length > 0 && (
        <Sheet flush>
          <ul className="divide-y divide-line">
            {data.keys.map((key) => (
              <Row key={key.id} item={key} {...(mayChange ? { onChange: () => setShown(key) } : {})} />
            ))}
          </ul>
        </Sheet>
      )}
      {shown === 'new' && <NewKey onClose={close} />}
      {shown !== null && shown !== 'new' && <ChangeKey item={shown} onClose={close} />}
    </Page>
  );
}

function Row({ item, onChange }: { readonly item: Key; readonly onChange?: () => void }) {
  const say = useSay();
  const format = useFormat();
  const { kind, role, label, createdAt, lastUsedAt, until, revokedAt } = item;
  const name = label === '' ? say('keysOf.noLabel') : label;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
      <div>
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{name}</span>
          <Badge>{say(`keysOf.kind.${kind}`)}</Badge>
          {role !== null && <Badge>{say(`role.${role}`)}</Badge>}
          {revokedAt !== null && <Badge tone="bad">{say('keysOf.revoked')}</Badge>}
        </p>
        <p className="text-xs text-soft">
          {[
            say('keysOf.made', { day: format.day(createdAt) }),
            lastUsedAt === null
              ? say('keysOf.neverUsed')
              : say('keysOf.used', { since: format.since(lastUsedAt) }),
            ...(until === null ? [] : [say('keysOf.until', { day: format.day(until) })]),
          ].join(' · ')}
        </p>
      </div>
      {onChange !== undefined && revokedAt === null && (
        <Button aria-label={say('staff.changeOf', { name })} onClick={onChange}>
          {say('staff.change')}
        </Button>
      )}
    </li>
  );
}

function ChangeKey({ item, onClose }: { readonly item: Key; readonly onClose: () => void }) {
  const say = useSay();
  const [sure, setSure] = useState(false);
  const rotating = useMutation({ mutationFn: () => rotateKey(item.id) });
  const revoking = useMutation({ mutationFn: () => revokeKey(item.id), onSuccess: onClose });
  const failed = [rotating, revoking].find(({ error }) => error !== null);
  const title = item.label === '' ? say('keysOf.noLabel') : item.label;
  return (
    <Dialog title={title} closeLabel={say('do.close')} onClose={onClose}>
      {rotating.data !== undefined ? (
        <SecretOnce title={say('keysOf.secret')} secret={rotating.data.key} onDone={onClose} />
      ) : failed !== undefined ? (
        <Refused error={failed.error} onProved={() => failed.mutate()} />
      ) : (
        <div className="space-y-3">
          <p>{say('keysOf.rotateLead')}</p>
          <div className="flex flex-wrap gap-2">
            <Button look="main" busy={rotating.isPending} onClick={() => rotating.mutate()}>
              {say('keysOf.rotate')}
            </Button>
            <Button
              look="danger"
              busy={revoking.isPending}
              onClick={() => (sure ? revoking.mutate() : setSure(true))}
            >
              {say(sure ? 'keysOf.revokeSure' : 'keysOf.revoke')}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
