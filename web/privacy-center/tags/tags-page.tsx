/** Labels that the shop put on the person: what each means, and the way to be rid of it. */
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { send } from '../api/call.ts';
import type { Held } from '../api/center.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useSay } from '../language.ts';
import { renew, useDoing, useLoaded } from '../loaded.ts';
import { NeedsMore } from '../needs-more.tsx';
import { useSession } from '../session.ts';
import { Come, Nothing, Page, Sheet, Told } from '../shell/page.tsx';
import type { TextKey } from '../texts/shape.ts';

type Tag = Held['tags'][number];

export function TagsPage() {
  const say = useSay();
  const { may } = useSession();
  return (
    <Page title={say('tags.title')} lead={say('tags.lead')}>
      {may.includes('tags') ? <HeldTags /> : <NeedsMore />}
    </Page>
  );
}

function HeldTags() {
  const held = useLoaded<Held>('/held');
  return <Come loaded={held}>{({ tags }) => <Tags tags={tags} />}</Come>;
}

function Tags({ tags }: { readonly tags: readonly Tag[] }) {
  const say = useSay();
  const [told, setTold] = useState<TextKey | null>(null);
  /** Null: all of them. */
  const deleting = useDoing(async (id: string | null) => {
    setTold(null);
    await send(id === null ? '/tags/delete' : `/tags/${id}/delete`);
    await renew('/held');
    setTold(id === null ? 'tags.allDeleted' : 'tags.deleted');
  });
  return (
    <>
      <Told>{told === null ? null : say(told)}</Told>
      {deleting.failure !== null && <Failed failure={deleting.failure} />}
      {tags.length === 0 ? (
        <Nothing>{say('tags.none')}</Nothing>
      ) : (
        <Sheet>
          <ul className="divide-y divide-line">
            {tags.map((tag) => (
              <li key={tag.id}>
                <TagLine tag={tag} busy={deleting.busy} onDelete={() => void deleting.run(tag.id)} />
              </li>
            ))}
          </ul>
        </Sheet>
      )}
      {tags.length > 0 && (
        <Button className="w-full" disabled={deleting.busy} onClick={() => void deleting.run(null)}>
          {say('tags.deleteAll')}
        </Button>
      )}
    </>
  );
}

interface TagLineProps {
  readonly tag: Tag;
  readonly busy: boolean;
  readonly onDelete: () => void;
}

function TagLine({ tag: { name, meaning, rule, since, until }, busy, onDelete }: TagLineProps) {
  const say = useSay();
  const format = useFormat();
  const by =
    rule === null
      ? say('tags.byPerson')
      : say(`tags.by-${rule.counts}`, {
          count: format.number(rule.atLeast),
          days: format.number(rule.withinDays),
        });
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-4 py-4">
      <div className="min-w-48 flex-1">
        <h2 className="font-semibold">{name}</h2>
        <p>{meaning}</p>
        <p className="mt-1 text-sm text-soft">{by}</p>
        <p className="text-sm text-soft">
          {say('tags.until', { from: format.day(since), until: format.day(until) })}
        </p>
      </div>
      <Button disabled={busy} onClick={onDelete} aria-label={say('tags.deleteOne', { tag: name })}>
        {say('tags.delete')}
      </Button>
    </div>
  );
}
