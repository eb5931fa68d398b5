/** Rows by class, columns by purpose, a mark where the one serves the other. */
import { CLASSES, NECESSARY_PURPOSES, OPTIONAL_PURPOSES, PURPOSES } from '../../../contract/names.ts';
import type { Declared } from '../api/catalog.ts';
import { useSay, useSayName } from '../language.ts';

interface MatrixProps {
  readonly group: 'field' | 'event';
  readonly declared: readonly Declared[];
}

const ORDER = [...NECESSARY_PURPOSES, ...OPTIONAL_PURPOSES];
/** Of a field: its name, sensitivity, retention and mask. An event has no mask. */
const FACTS = { field: 4, event: 3 } as const;

export function Matrix({ group, declared }: MatrixProps) {
  const say = useSay();
  return (
    <section
      aria-label={say('map.table')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
      tabIndex={0}
      className="relative max-h-[75dvh] overflow-auto rounded-lg border border-line bg-sheet"
    >
      <table className="w-full border-separate border-spacing-0 text-left">
        <Head group={group} />
        {CLASSES.map((each) => {
          const rows = declared.filter((one) => one.class === each);
          return rows.length === 0 ? null : <Class key={each} name={each} group={group} rows={rows} />;
        })}
      </table>
    </section>
  );
}

function Head({ group }: Pick<MatrixProps, 'group'>) {
  const say = useSay();
  const name = useSayName();
  const cell = 'border-b border-line px-2 py-1.5 align-bottom text-xs font-normal text-soft';
  const first = 'sticky left-0 z-10 bg-sheet pl-4';
  return (
    <thead className="sticky top-0 z-20 bg-sheet">
      <tr>
        <td colSpan={FACTS[group]} className={`${cell} border-b-0`} />
        <th scope="colgroup" colSpan={NECESSARY_PURPOSES.length} className={`${cell} border-l`}>
          {say('map.necessary')}
        </th>
        <th scope="colgroup" colSpan={OPTIONAL_PURPOSES.length} className={`${cell} border-l`}>
          {say('map.optional')}
        </th>
      </tr>
      <tr>
        <th scope="col" className={`${cell} ${first}`}>
          {say(group === 'field' ? 'map.field' : 'map.event')}
        </th>
        <th scope="col" className={`${cell} whitespace-nowrap`}>
          {say('map.sensitivity')}
        </th>
        <th scope="col" className={`${cell} whitespace-nowrap`}>
          {say('map.retention')}
        </th>
        {group === 'field' && (
          <th scope="col" className={`${cell} whitespace-nowrap`}>
            {say('map.mask')}
          </th>
        )}
        {ORDER.map((purpose, at) => (
          <th key={purpose} scope="col" className={`${cell} ${edge(at)}`}>
            <span className="inline-block max-h-40 leading-tight [writing-mode:vertical-rl]">
              {name('purpose', purpose)}
            </span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface ClassProps {
  readonly name: string;
  readonly group: MatrixProps['group'];
  readonly rows: readonly Declared[];
}

function Class({ name, group, rows }: ClassProps) {
  const sayName = useSayName();
  return (
    <tbody>
      <tr>
        <th
          scope="rowgroup"
          colSpan={FACTS[group] + PURPOSES.length}
          className="border-b border-line bg-wash px-4 py-1.5 text-xs font-semibold"
        >
          <span className="sticky left-4">{sayName('class', name)}</span>
        </th>
      </tr>
      {rows.map((row) => (
        <DeclaredRow key={row.name} group={group} row={row} />
      ))}
    </tbody>
  );
}

function DeclaredRow({ group, row }: { readonly group: MatrixProps['group']; readonly row: Declared }) {
  const say = useSay();
  const name = useSayName();
  const cell = 'border-b border-line px-2 py-1.5';
  const label = name(group, row.name);
  return (
    <tr className="group">
      <th
        scope="row"
        className={`${cell} sticky left-0 z-10 min-w-28 bg-sheet pl-4 font-normal group-hover:bg-wash`}
      >
        {label}
        {label !== row.name && (
          <div className="font-mono text-xs break-all text-soft max-sm:hidden">{row.name}</div>
        )}
      </th>
      <td className={`${cell} group-hover:bg-wash whitespace-nowrap`}>
        <span className={row.sensitivity === 'ordinary' ? 'text-soft' : 'text-warn'}>
          {name('sensitivity', row.sensitivity)}
        </span>
      </td>
      <td className={`${cell} whitespace-nowrap group-hover:bg-wash`}>{name('retention', row.retention)}</td>
      {group === 'field' && (
        <td className={`${cell} whitespace-nowrap group-hover:bg-wash`}>
          {name('mask', row.mask ?? 'hidden')}
        </td>
      )}
      {ORDER.map((purpose, at) => (
        <td key={purpose} className={`${cell} text-center group-hover:bg-wash ${edge(at)}`}>
          {row.purposes.includes(purpose) && (
            <>
              <span aria-hidden="true" className="inline-block size-2.5 rounded-full bg-accent" />
              <span className="sr-only">{say('map.yes')}</span>
            </>
          )}
        </td>
      ))}
    </tr>
  );
}

/** A line where a group of purposes begins. */
function edge(at: number): string {
  return at === 0 || at === NECESSARY_PURPOSES.length ? 'border-l' : '';
}
