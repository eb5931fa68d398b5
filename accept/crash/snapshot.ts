/** All rows of a schedule as they lie in the database, each opened with the root at hand, without any room above `keys`. */
import { IDENTIFIER_KINDS, RETENTION_CLASSES } from '../../contract/names.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { COLUMNS } from '../../src/keys/columns.ts';
import { unwrap } from '../../src/keys/hierarchy.ts';
import { INSTALLATION } from '../../src/keys/ring.ts';
import { unseal } from '../../src/keys/seal.ts';
import { secretPlace } from '../../src/keys/secrets.ts';
import type { Database } from '../../src/platform/ports.ts';
import { fieldRow, lineRow } from '../../src/vault/place.ts';

type Row = Record<string, unknown>;

export interface Opened {
  readonly table: string;
  readonly customer: string;
  /** The row itself. */
  readonly row: Row;
  readonly class: number;
  /** `gone`: its key is shredded. */
  readonly state: 'open' | 'gone';
  readonly value: unknown;
}

export interface KeyState {
  readonly customer: string;
  readonly class: number;
  readonly live: boolean;
}

export interface Snapshot {
  readonly rows: readonly Opened[];
  readonly keys: readonly KeyState[];
  readonly tables: ReadonlyMap<string, readonly Row[]>;
  /** Values that should open and do not, keys that are nowhere. */
  readonly faults: readonly string[];
}

const TABLES = [
  ...['customer', 'customer_link', 'customer_identifier', 'field_value', 'orders', 'order_line', 'cases'],
  ...[
    'case_message',
    'event',
    'choice',
    'opening',
    'identifier',
    'tombstone',
    'quarantine',
    'erasure',
    'outbox',
  ],
  ...['ledger_entry', 'ledger_queue', 'ledger_head', 'ledger_sequence', 'message'],
].map((name) => `bailee.${name}`);
const KEY_TABLES = ['keys.data_key', 'keys.row_key', 'keys.secret', 'keys.epoch'];

interface Sealed {
  readonly class: number;
  readonly row: string;
  readonly rowVersion: number;
  readonly field: number;
  readonly sealed: Buffer;
}

const sealedIn: Readonly<Record<string, (row: Row, ctx: GateCtx) => Sealed[]>> = {
  'bailee.field_value': (row, ctx) => [
    {
      class: RETENTION_CLASSES[ctx.catalog.fieldById.get(row.field_id as number)?.retention ?? 'identity'],
      ...fieldRow(row.customer_id as string, row.row_version as number, row.source as number),
      field: row.field_id as number,
      sealed: row.sealed as Buffer,
    },
  ],
  'bailee.orders': (row) => [
    { ...own(row, RETENTION_CLASSES.commerce, COLUMNS.order) },
    ...(row.party === null
      ? []
      : [{ ...own(row, RETENTION_CLASSES.commerce, COLUMNS.orderParty), sealed: row.party as Buffer }]),
  ],
  'bailee.order_line': (row) => [
    {
      class: RETENTION_CLASSES.commerce,
      ...lineRow(row.line_key as Buffer),
      field: COLUMNS.orderLine,
      sealed: row.sealed as Buffer,
    },
  ],
  'bailee.cases': (row) => [own(row, RETENTION_CLASSES.service, COLUMNS.case)],
  'bailee.case_message': (row) =>
    row.sealed === null ? [] : [own(row, RETENTION_CLASSES.service, COLUMNS.caseMessage)],
  'bailee.event': (row) => [own(row, row.class as number, COLUMNS.event)],
  'bailee.opening': (row) => [own(row, row.class as number, COLUMNS.opening)],
  'bailee.customer_identifier': (row) => [own(row, classOfKind(row.kind as number), COLUMNS.identifier)],
};

function own(row: Row, klass: number, field: number): Sealed {
  return {
    class: klass,
    row: row.id as string,
    rowVersion: (row.row_version as number | undefined) ?? 1,
    field,
    sealed: row.sealed as Buffer,
  };
}

function classOfKind(kind: number): number {
  if (kind === IDENTIFIER_KINDS.order) return RETENTION_CLASSES.commerce;
  return kind === IDENTIFIER_KINDS.case ? RETENTION_CLASSES.service : RETENTION_CLASSES.identity;
}

/** Reads everything in one moment and opens what can be opened. */
export async function takeSnapshot(db: Database, ctx: GateCtx, store: string): Promise<Snapshot> {
  const tables = await db.transaction(async (tx) => {
    await tx.query({ text: 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ' });
    const read = new Map<string, readonly Row[]>();
    for (const table of [...TABLES, ...KEY_TABLES])
      read.set(table, (await tx.query<Row>({ text: `SELECT * FROM ${table}` })).rows);
    return read;
  });
  const faults: string[] = [];
  const keys = openKeys(ctx, tables, faults);
  const rows: Opened[] = [];
  for (const [table, sealed] of Object.entries(sealedIn))
    for (const row of tables.get(table) ?? []) {
      const customer = row.customer_id as string;
      for (const item of sealed(row, ctx)) {
        const name = `${customer}/${item.class}/${item.sealed.readUInt16BE(2)}`;
        const key = keys.get(name);
        if (key === undefined) faults.push(`${table}: a row has no key (class ${item.class})`);
        if (!key) {
          rows.push({ table, customer, row, class: item.class, state: 'gone', value: null });
          continue;
        }
        const place = { store: customer === INSTALLATION ? INSTALLATION : store, customer, ...item };
        const value = attempt(faults, table, () =>
          unseal(ctx.cipher, { bytes: key, version: item.sealed.readUInt16BE(2) }, place, item.sealed),
        );
        rows.push({ table, customer, row, class: item.class, state: 'open', value });
      }
    }
  rows.push(...openQuarantine(ctx, tables, store, faults));
  const states = (tables.get('keys.data_key') ?? []).map((row) => ({
    customer: row.customer_id as string,
    class: row.class as number,
    live: row.wrapped !== null,
  }));
  return { rows, keys: states, tables, faults };
}

function attempt<T>(faults: string[], what: string, work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    faults.push(`${what}: does not open (${(error as { code?: string }).code ?? (error as Error).message})`);
    return null;
  }
}

/** Unwrapped data keys by customer, class and version; null where shredded. Every wrapped key must unwrap. */
function openKeys(
  ctx: GateCtx,
  tables: ReadonlyMap<string, readonly Row[]>,
  faults: string[],
): Map<string, Buffer | null> {
  const keys = new Map<string, Buffer | null>();
  for (const row of tables.get('keys.data_key') ?? []) {
    const {
      customer_id: owner,
      class: klass,
      version,
    } = row as { customer_id: string; class: number; version: number };
    const place = { family: 'data', owner, class: klass, version };
    const key =
      row.wrapped === null ? null : attempt(faults, 'a data key', () => unwrap(ctx, wrapped(row), place));
    keys.set(`${owner}/${klass}/${version}`, key);
  }
  for (const row of tables.get('keys.secret') ?? [])
    attempt(faults, 'a secret', () => unwrap(ctx, wrapped(row), secretPlace(row.name as string)));
  const gone = (tables.get('keys.epoch') ?? []).filter((row) => row.destroyed_at !== null);
  for (const row of gone)
    if (ctx.root.epochs().includes(row.epoch as number))
      faults.push('an epoch said to be destroyed is at hand');
  return keys;
}

function wrapped(row: Row) {
  return {
    epoch: row.epoch as number,
    wrapped: row.wrapped as Buffer,
    commitment: row.commitment as Buffer,
  };
}

function openQuarantine(
  ctx: GateCtx,
  tables: ReadonlyMap<string, readonly Row[]>,
  store: string,
  faults: string[],
): Opened[] {
  const keys = new Map((tables.get('keys.row_key') ?? []).map((row) => [row.id as string, row]));
  return (tables.get('bailee.quarantine') ?? []).map((row) => {
    const key = keys.get(row.id as string);
    const base = { table: 'bailee.quarantine', customer: INSTALLATION, row, class: 0 } as const;
    if (key === undefined) {
      faults.push('a quarantined row has no key');
      return { ...base, state: 'gone' as const, value: null };
    }
    const value = attempt(faults, 'a quarantined row', () => {
      const bytes = unwrap(ctx, wrapped(key), {
        family: 'row',
        owner: row.id as string,
        class: 0,
        version: 1,
      });
      const place = {
        store,
        customer: INSTALLATION,
        row: row.id as string,
        rowVersion: 1,
        field: COLUMNS.quarantine,
      };
      return unseal(ctx.cipher, { bytes, version: 1 }, place, row.sealed as Buffer);
    });
    return { ...base, state: 'open' as const, value };
  });
}
