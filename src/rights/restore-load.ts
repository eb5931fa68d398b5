/** Loading a checked backup into emptied tables, in the caller's transaction; what the file says is checked again on the way. */
import { KEY_TABLES, openTokens } from '../keys/dump.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import { type JsonRow, type TableShape, writeRows } from '../platform/table-rows.ts';
import { DATA_TABLES, KNOWN_PEOPLE, QUARANTINE_TOKENS, TOMBSTONES } from '../vault/dump.ts';
import { LOG_TABLES, tokenQuarantined } from '../vault/rebuild.ts';
import { type CheckedBackup, invalid, readBackup } from './backup-file.ts';

const PAGE_ROWS = 500;

/** Takes pages of rows of one table. */
type Sink = (rows: readonly JsonRow[]) => Promise<void>;

interface Expected {
  readonly shape: TableShape;
  /** Cells that a row in the file has. */
  readonly cells: number;
  readonly sink: Sink;
}

/** Rows that a transaction took in. */
export type OnLoaded = (rows: number) => void;

/** Loads the data file; `keepLog`: the log that is there goes on, and the file's is passed over. */
export async function loadData(
  tx: Tx,
  data: CheckedBackup,
  keepLog: boolean,
  onLoaded: OnLoaded,
): Promise<void> {
  const expected = new Map<string, Expected>();
  for (const shape of DATA_TABLES) {
    const passed = keepLog && LOG_TABLES.includes(shape.table);
    const sink: Sink = passed ? async () => undefined : (rows) => writeRows(tx, shape, rows);
    expected.set(shape.table, { shape, cells: Object.keys(shape.columns).length, sink });
  }
  await load(data, expected, onLoaded);
}

/** Loads the keys file: wrapped keys, and the tokens that travel sealed. The data must be there already. */
export async function loadKeys(
  ctx: Pick<Ctx, 'root'>,
  tx: Tx,
  keys: CheckedBackup,
  onLoaded: OnLoaded,
): Promise<void> {
  const expected = new Map<string, Expected>();
  for (const shape of KEY_TABLES)
    expected.set(shape.table, {
      shape,
      cells: Object.keys(shape.columns).length,
      sink: (rows) => writeRows(tx, shape, rows),
    });
  const tokens = (shape: TableShape, sink: Sink) =>
    expected.set(`sealed ${shape.table}`, {
      shape,
      cells: 1,
      sink: (rows) => eachOpened(ctx, keys, shape, rows, sink),
    });
  for (const shape of [TOMBSTONES, KNOWN_PEOPLE]) tokens(shape, (rows) => writeRows(tx, shape, rows));
  tokens(QUARANTINE_TOKENS, (rows) =>
    tokenQuarantined(
      tx,
      rows.map(([id, texts]) => ({
        id: id as string,
        tokens: (texts as string[]).map((text) => Buffer.from(text, 'base64')),
      })),
    ),
  );
  await load(keys, expected, onLoaded);
}

async function eachOpened(
  ctx: Pick<Ctx, 'root'>,
  keys: CheckedBackup,
  shape: TableShape,
  rows: readonly JsonRow[],
  sink: Sink,
): Promise<void> {
  const { id, tokenEpoch } = keys.header;
  for (const [sealed] of rows) {
    const from = { backup: id, part: shape.table, epoch: tokenEpoch };
    await sink(openTokens(ctx, from, sealed as string) as JsonRow[]);
  }
}

async function load(
  backup: CheckedBackup,
  expected: Map<string, Expected>,
  onLoaded: OnLoaded,
): Promise<void> {
  const reading = readBackup(backup.path);
  let current: Expected | undefined;
  let page: JsonRow[] = [];
  const flush = async () => {
    if (page.length > 0) await put(current!, page);
    onLoaded(page.length);
    page = [];
  };
  let item = await reading.next();
  for (; item.done !== true; item = await reading.next()) {
    if ('row' in item.value) {
      if (current?.cells !== item.value.row.length) throw invalid('A row does not fit its table.');
      page.push(item.value.row);
      if (page.length >= PAGE_ROWS) await flush();
      continue;
    }
    await flush();
    current = take(expected, item.value);
  }
  await flush();
  if (expected.size > 0) throw invalid('A table is missing in it.');
  if (item.value.trailer.sha256 !== backup.trailer.sha256) throw invalid('It changed while it was read.');
}

/** The table that comes next; each comes once, with the columns that this version knows. */
function take(
  expected: Map<string, Expected>,
  { table, columns }: { table: string; columns: readonly string[] },
): Expected {
  const found = expected.get(table);
  if (found === undefined || columns.join() !== Object.keys(found.shape.columns).join())
    throw invalid('It holds a table that this version does not know, or holds it twice.');
  expected.delete(table);
  return found;
}

/** What the database says of wrong values is the file's fault. */
const WRONG_VALUE = /^2[23]/;

async function put({ sink }: Expected, page: readonly JsonRow[]): Promise<void> {
  try {
    await sink(page);
  } catch (error) {
    if (WRONG_VALUE.test((error as { code?: string }).code ?? ''))
      throw invalid('It holds a value that does not fit its column.', error);
    throw error;
  }
}
