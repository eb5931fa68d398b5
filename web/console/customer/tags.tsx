/** Tags of one customer: what they mean, who gave them, and giving and taking them where this role may. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Badge, Loading, Notice } from '../../ui/states.tsx';
import type { Profile } from '../api/customers.ts';
import { giveTag, listTags, type Tag, takeTag } from '../api/tags.ts';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import type { Ground } from '../ground.ts';
import { useSay, useSayName } from '../language.ts';
import { MAY, PURPOSES_OF } from '../roles.ts';
import { useColleagues, useSession } from '../session.ts';

export type GivenTag = Profile['tags'][number];

interface TagsProps {
  readonly id: string;
  readonly ground: Ground;
  readonly tags: readonly GivenTag[];
  readonly onChange: (tags: readonly GivenTag[]) => void;
}

/** In one line with what else holds for the customer. */
export function CustomerTags(props: TagsProps) {
  const say = useSay();
  const { role } = useSession();
  const [open, setOpen] = useState(false);
  const { tags } = props;
  const mayGive = MAY.giveTag(role);
  return (
    <>
      {tags.map((tag) => (
        <Badge key={tag.id} tone="accent">
          {tag.name}
        </Badge>
      ))}
      {(mayGive || tags.length > 0) && (
        <button
          type="button"
          onClick={() => setOpen(true)}
          className="inline-flex min-h-6 cursor-pointer items-center gap-1 rounded px-1.5 text-xs text-soft hover:bg-wash hover:text-ink"
        >
          <Icon name="tag" />
          {say(tags.length === 0 ? 'tag.giveOne' : 'tag.ofCustomer')}
        </button>
      )}
      {open && <TagsDialog {...props} mayGive={mayGive} onClose={() => setOpen(false)} />}
    </>
  );
}

/** What this role may give by hand, of what the customer does not have. */
function givable(
  all: readonly Tag[],
  given: readonly GivenTag[],
  purposes: readonly string[],
): readonly Tag[] {
  return all.filter(
    (tag) =>
      tag.rule === null &&
      tag.purposes.some((purpose) => purposes.includes(purpose)) &&
      !given.some(({ id }) => id === tag.id),
  );
}

function TagsDialog({
  mayGive,
  onClose,
  ...props
}: TagsProps & { readonly mayGive: boolean; readonly onClose: () => void }) {
  const say = useSay();
  const { role } = useSession();
  const { ground, tags } = props;
  const { data, error, refetch } = useQuery({ queryKey: ['tags'], queryFn: listTags });
  const free = givable(data?.tags ?? [], tags, PURPOSES_OF[role]);
  return (
    <Dialog title={say('tag.ofCustomer')} closeLabel={say('do.close')} onClose={onClose}>
      <div className="space-y-5">
        {error !== null && <Failed error={error} onRetry={() => void refetch()} />}
        {ground.evidence === null && <Notice look="warn">{say('tag.noEvidence')}</Notice>}
        {tags.length > 0 && (
          <ul className="divide-y divide-line rounded-lg border border-line">
            {tags.map((tag) => (
              <Has key={tag.id} {...props} tag={tag} mayTake={mayGive && ground.evidence !== null} />
            ))}
          </ul>
        )}
        {mayGive && (
          <section aria-labelledby="tags-free">
            <h3 id="tags-free" className="mb-1.5 font-medium">
              {say('tag.give')}
            </h3>
            {error === null && data === undefined && <Loading label={say('state.loading')} lines={3} />}
            {data !== undefined && free.length === 0 && <p className="text-soft">{say('tag.noneToGive')}</p>}
            {free.length > 0 && (
              <ul className="divide-y divide-line rounded-lg border border-line">
                {free.map((tag) => (
                  <Free key={tag.id} {...props} tag={tag} />
                ))}
              </ul>
            )}
          </section>
        )}
        <p className="text-xs text-soft">{say('tag.recorded')}</p>
      </div>
    </Dialog>
  );
}

function Has({
  id,
  ground,
  tags,
  onChange,
  tag,
  mayTake,
}: TagsProps & { readonly tag: GivenTag; readonly mayTake: boolean }) {
  const say = useSay();
  const name = useSayName();
  const format = useFormat();
  const { people } = useColleagues();
  const { by, givenAt, until } = tag;
  const giver =
    by.type === 'job'
      ? say('tag.byRule')
      : (people.find((person) => person.id === by.id)?.name ?? name('role', by.role ?? by.type));
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => takeTag(id, tag.id, ground.evidence),
    onSuccess: () => onChange(tags.filter((each) => each.id !== tag.id)),
  });
  return (
    <li className="px-3 py-2.5">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <Badge tone="accent">{tag.name}</Badge>
          <p className="mt-1 break-words">{tag.meaning}</p>
          <p className="mt-0.5 text-xs text-soft">
            {say('tag.given', { who: giver, day: format.day(givenAt), until: format.day(until) })}
          </p>
        </div>
        {mayTake && (
          <Button
            busy={isPending}
            aria-label={say('tag.takeOf', { name: tag.name })}
            onClick={() => mutate()}
          >
            {say('tag.take')}
          </Button>
        )}
      </div>
      {error !== null && <Failed error={error} />}
    </li>
  );
}

function Free({ id, ground, tags, onChange, tag }: TagsProps & { readonly tag: Tag }) {
  const say = useSay();
  const { person, role } = useSession();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => giveTag(id, tag.id, ground.evidence),
    onSuccess: ({ until }) =>
      // As the server would tell it: to read the customer anew would be another opening.
      onChange([
        ...tags,
        {
          id: tag.id,
          name: tag.name,
          meaning: tag.meaning,
          by: { type: 'person', id: person.id, role },
          evidence: ground.evidence?.kind ?? '',
          givenAt: new Date().toISOString(),
          until,
        },
      ]),
  });
  return (
    <li className="px-3 py-2.5">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="font-medium break-words">{tag.name}</p>
          <p className="break-words text-soft">{tag.meaning}</p>
          <p className="mt-0.5 text-xs text-soft">{say('tag.lasts', { count: tag.days })}</p>
        </div>
        <Button
          busy={isPending}
          disabled={ground.evidence === null}
          aria-label={say('tag.giveOf', { name: tag.name })}
          onClick={() => mutate()}
        >
          {say('tag.giveDo')}
        </Button>
      </div>
      {error !== null && <Failed error={error} />}
    </li>
  );
}
