/** What was chosen before, newest first. */
import type { Choices } from '../api/center.ts';
import { Paged } from '../data/asked-sheet.tsx';
import { useFormat } from '../format.ts';
import { useLanguage, useSay } from '../language.ts';
import { usePages } from '../loaded.ts';
import { choicesPath, usePurposeName } from '../purposes.ts';
import { Nothing, Sheet } from '../shell/page.tsx';

type Entry = Choices['history'][number];

export function History() {
  const say = useSay();
  const pages = usePages(choicesPath(useLanguage()), ({ history }: Choices) => history);
  if (pages.items.length === 0) return <Nothing>{say('choices.noHistory')}</Nothing>;
  return (
    <Sheet title={say('choices.history')}>
      <Paged pages={pages} keyOf={({ id, purpose, channel }: Entry) => `${id} ${purpose} ${channel}`}>
        {(entry) => <EntryLine entry={entry} />}
      </Paged>
    </Sheet>
  );
}

function EntryLine({ entry }: { readonly entry: Entry }) {
  const say = useSay();
  const format = useFormat();
  const purposeName = usePurposeName();
  const { at, purpose, channel, state, until } = entry;
  return (
    <div className="flex items-baseline justify-between gap-4 px-4 py-3">
      <div className="min-w-0">
        {purposeName(purpose)}
        {channel !== null && <span className="text-soft"> ({channel})</span>}
        <div className="text-sm text-soft">
          {format.moment(at)}
          {until !== null && ` · ${say('choices.until', { date: format.day(until) })}`}
        </div>
      </div>
      <div className="shrink-0 font-semibold">{say(state === 'granted' ? 'choices.yes' : 'choices.no')}</div>
    </div>
  );
}
