/** What was chosen before, newest first. */
import { read } from '../api/call.ts';
import type { Choices, Receipt } from '../api/center.ts';
import { Paged } from '../data/asked-sheet.tsx';
import { Failed } from '../failed.tsx';
import { useFormat } from '../format.ts';
import { useLanguage, useSay } from '../language.ts';
import { useDoing, usePages } from '../loaded.ts';
import { choicesPath, usePurposeName } from '../purposes.ts';
import { saveReceipt } from '../save.ts';
import { useSession } from '../session.ts';
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
  const { may } = useSession();
  const { id, at, purpose, channel, state, until, ledgerIndex } = entry;
  const saving = useDoing(async () => {
    const { receipt } = await read<Receipt>(`/choices/${id}/receipt`);
    saveReceipt(receipt, 'choice-receipt.json');
  });
  return (
    <div className="flex items-baseline justify-between gap-4 px-4 py-3">
      <div className="min-w-0">
        {purposeName(purpose)}
        {channel !== null && <span className="text-soft"> ({channel})</span>}
        <div className="text-sm text-soft">
          {format.moment(at)}
          {until !== null && ` · ${say('choices.until', { date: format.day(until) })}`}
        </div>
        {ledgerIndex !== null && may.includes('choose') && (
          <button
            type="button"
            disabled={saving.busy}
            onClick={() => void saving.run()}
            className="-ms-2 cursor-pointer rounded-md px-2 text-accent underline underline-offset-4"
          >
            {say('choices.receipt')}
            <span className="sr-only">
              : {purposeName(purpose)}, {format.moment(at)}
            </span>
          </button>
        )}
        {saving.failure !== null && <Failed failure={saving.failure} />}
      </div>
      <div className="shrink-0 font-semibold">{say(state === 'granted' ? 'choices.yes' : 'choices.no')}</div>
    </div>
  );
}
