/** What customers are told and asked: each version of the notice, word for word, and the next one. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Badge, Empty, Loading, Notice } from '../../ui/states.tsx';
import { Cell, type Column, Row, Table } from '../../ui/table.tsx';
import { listNotices, type NoticeVersion } from '../api/notices.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay, useSayName } from '../language.ts';
import { MAY } from '../roles.ts';
import { useColleagues, useSession } from '../session.ts';
import { ForRole } from '../shell/for-role.tsx';
import { Page } from '../shell/page.tsx';
import { PreviewDialog } from './preview-dialog.tsx';
import { PublishDialog } from './publish-dialog.tsx';

export function NoticesPage() {
  const say = useSay();
  return (
    <ForRole may={MAY.notices} title={say('nav.notices')}>
      <Notices />
    </ForRole>
  );
}

function Notices() {
  const say = useSay();
  const { role } = useSession();
  const [shown, setShown] = useState<NoticeVersion | null>(null);
  const [publishing, setPublishing] = useState(false);
  const [published, setPublished] = useState<number | null>(null);
  const { data, error, refetch } = useQuery({ queryKey: ['notices'], queryFn: listNotices });
  return (
    <Page
      wide
      title={say('nav.notices')}
      lead={say('notice.lead')}
      actions={
        MAY.publish(role) &&
        data !== undefined && (
          <Button look="main" onClick={() => setPublishing(true)}>
            {say('notice.publish')}
          </Button>
        )
      }
    >
      <div className="space-y-4">
        {published !== null && (
          <div role="status">
            <Notice look="good">{say('notice.published', { version: published })}</Notice>
          </div>
        )}
        {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
        {error === null && data === undefined && (
          <Loading label={say('state.loading')} lines={4} shape="rows" />
        )}
        {data?.versions.length === 0 && <Empty title={say('notice.none')}>{say('notice.noneHint')}</Empty>}
        {data !== undefined && data.versions.length > 0 && (
          <Versions versions={data.versions} onOpen={setShown} />
        )}
      </div>
      {shown !== null && <PreviewDialog of={shown} onClose={() => setShown(null)} />}
      {publishing && data !== undefined && (
        <PublishDialog
          newest={data.versions[0] ?? null}
          onDone={(version) => {
            setPublished(version);
            setPublishing(false);
          }}
          onClose={() => setPublishing(false)}
        />
      )}
    </Page>
  );
}

interface VersionsProps {
  readonly versions: readonly NoticeVersion[];
  readonly onOpen: (version: NoticeVersion) => void;
}

function Versions({ versions, onOpen }: VersionsProps) {
  const say = useSay();
  const name = useSayName();
  const format = useFormat();
  const { people } = useColleagues();
  const columns: readonly Column[] = [
    { key: 'version', label: say('notice.version') },
    { key: 'change', label: say('notice.change') },
    { key: 'by', label: say('notice.by'), wide: true },
    { key: 'at', label: say('notice.at') },
    { key: 'languages', label: say('notice.languages'), wide: true },
  ];
  const byOf = (id: string) =>
    people.find((person) => person.id === id)?.name ??
    (/^[0-9a-f-]{36}$/.test(id) ? say('notice.byKey') : name('notice.by', id));
  return (
    <Table label={say('nav.notices')} columns={columns}>
      {versions.map((each, at) => (
        <Row key={each.version}>
          <Cell head className="whitespace-nowrap">
            <button
              type="button"
              onClick={() => onOpen(each)}
              className="cursor-pointer font-medium underline decoration-line-strong underline-offset-2 hover:decoration-ink"
            >
              {say('notice.versionOf', { version: each.version })}
            </button>
            {at === 0 && (
              <div className="pt-0.5">
                <Badge tone="good">{say('notice.now')}</Badge>
              </div>
            )}
          </Cell>
          <Cell>
            <div>{each.change === '' ? say('notice.unsaid') : each.change}</div>
            <div className="text-xs text-soft">
              {say(each.substance ? 'notice.substance' : 'notice.wording')}
            </div>
          </Cell>
          <Cell wide>{byOf(each.publishedBy)}</Cell>
          <Cell className="whitespace-nowrap">{format.day(each.publishedAt)}</Cell>
          <Cell wide>{format.number(each.languages.length)}</Cell>
        </Row>
      ))}
    </Table>
  );
}
