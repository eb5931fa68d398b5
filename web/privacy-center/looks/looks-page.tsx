/** Who looked at the person's data, in which role and for what. */
import type { Look } from '../api/center.ts';
import { Paged } from '../data/asked-sheet.tsx';
import { useFormat } from '../format.ts';
import { useFieldName, useSay, useSayMaybe } from '../language.ts';
import { usePages } from '../loaded.ts';
import { NeedsMore } from '../needs-more.tsx';
import { usePurposeName } from '../purposes.ts';
import { useSession } from '../session.ts';
import { Nothing, Page, Sheet } from '../shell/page.tsx';

export function LooksPage() {
  const say = useSay();
  const { may } = useSession();
  return (
    <Page title={say('looks.title')} lead={say('looks.lead')}>
      {may.includes('looks') ? <Looks /> : <NeedsMore />}
    </Page>
  );
}

function Looks() {
  const say = useSay();
  const pages = usePages(
    '/looks?limit=100',
    ({ looks }: { looks: readonly Look[]; after: string | null }) => looks,
  );
  if (pages.data !== null && pages.items.length === 0) return <Nothing>{say('looks.none')}</Nothing>;
  return (
    <Sheet>
      <Paged pages={{ ...pages, items: runsOf(pages.items) }} keyOf={({ newest }: Run) => newest.id}>
        {(run) => <LookLine run={run} />}
      </Paged>
    </Sheet>
  );
}

/** Looks that follow each other and are alike but for their moment. */
interface Run {
  readonly newest: Look;
  readonly times: number;
}

/** Whoever reads this page often would see little but themselves. */
function runsOf(looks: readonly Look[]): Run[] {
  const runs: Run[] = [];
  for (const look of looks) {
    const last = runs.at(-1);
    const alike = last !== undefined && look.by === 'customer' && last.newest.by === 'customer';
    if (alike && last.newest.kind === look.kind) runs[runs.length - 1] = { ...last, times: last.times + 1 };
    else runs.push({ newest: look, times: 1 });
  }
  return runs;
}

function LookLine({ run: { newest, times } }: { readonly run: Run }) {
  const say = useSay();
  const sayMaybe = useSayMaybe();
  const format = useFormat();
  const fieldName = useFieldName();
  const purposeName = usePurposeName();
  const { at, kind, by, role, purpose, revealed, masked, ledgerIndex } = newest;
  const named = (fields: readonly string[]) => format.list([...new Set(fields.map(fieldName))]);
  const who =
    by === 'customer'
      ? say('role.you')
      : ((role === null ? null : (sayMaybe('role', role) ?? role)) ?? say('role.program'));
  return (
    <div className="px-4 py-3.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-semibold">{who}</span>
        <time dateTime={at} className="text-sm text-soft">
          {format.moment(at)}
        </time>
      </div>
      <div>
        {sayMaybe('look', kind) ?? kind}
        {times > 1 && (
          <span className="text-soft"> · {say('looks.times', { count: format.number(times) })}</span>
        )}
      </div>
      {purpose !== null && (
        <div className="text-soft">{say('looks.for', { purpose: purposeName(purpose) })}</div>
      )}
      {revealed.length > 0 && (
        <div className="text-sm text-soft">{say('looks.fields', { fields: named(revealed) })}</div>
      )}
      {masked.length > 0 && (
        <div className="text-sm text-soft">{say('looks.masked', { fields: named(masked) })}</div>
      )}
      {ledgerIndex !== null && (
        <div className="text-sm text-soft">{say('looks.entry', { index: format.number(ledgerIndex) })}</div>
      )}
    </div>
  );
}
