/** Opens all that an installation holds sealed, as no interface of Bailee does: to look for what must not be there. */
import { RETENTION_CLASSES, type RetentionClass } from '../../contract/names.ts';
import type { GateCtx } from '../../src/gate/context.ts';
import { plainTexts } from '../../src/gate/free-text.ts';
import { COLUMNS } from '../../src/keys/columns.ts';
import { INSTALLATION, readRing } from '../../src/keys/ring.ts';
import { openRowKeys } from '../../src/keys/row-key.ts';
import { unseal } from '../../src/keys/seal.ts';
import type { AttachmentRow, MessageRow } from '../../src/vault/case-rows.ts';
import { makeGrant } from '../../src/vault/grant.ts';
import {
  type Opener,
  openAttachment,
  openAttachmentName,
  openCase,
  openEvent,
  openField,
  openIdentifier,
  openLine,
  openMessage,
  openOrder,
  openParty,
  openSealed,
} from '../../src/vault/read.ts';
import type { CaseRow, EventRow, FieldRow, IdentifierRow, LineRow, OrderRow } from '../../src/vault/rows.ts';

export interface Found {
  readonly table: string;
  readonly customer: string;
  /** Of a field its number, of an event its number in the catalog. */
  readonly number: number;
  readonly value: unknown;
}

type Row = Record<string, unknown>;
type ContentRow = AttachmentRow & { readonly sealed: Buffer };
/** An entry's details, or why a person asked. */
interface StepRow {
  readonly customer_id: string;
  readonly id: string;
  readonly class?: number;
  /** Null: of a check of a caller that was answered. */
  readonly sealed: Buffer | null;
}

/** Everything sealed of a store, opened, texts without their places; what cannot be opened any more is left out. */
export async function everything(ctx: GateCtx, store: string): Promise<Found[]> {
  const { rows: customers } = await ctx.db.query<{ id: string }>({
    text: 'SELECT id FROM bailee.customer WHERE store_id = $1',
    values: [store],
  });
  const ids = customers.map((row) => row.id);
  const fields = [...ctx.catalog.fields.map((field) => field.id), ...Object.values(COLUMNS)];
  return ctx.db.transaction(async (tx) => {
    const ring = await readRing(ctx, tx, ids);
    const opener: Opener = { ctx, store, ring, grant: makeGrant(ids, fields) };
    const all: Found[] = [];
    const read = async <T>(table: string, open: (row: T) => unknown, number = (_row: T) => 0) => {
      const { rows } = await tx.query<Row>({
        text: `SELECT * FROM bailee.${table} WHERE customer_id = ANY($1)`,
        values: [ids],
      });
      for (const row of rows) {
        const value = open(row as T);
        if (value !== null)
          all.push({
            table,
            customer: row.customer_id as string,
            number: number(row as T),
            value: plainTexts(value),
          });
      }
    };
    const retention = (row: FieldRow) =>
      RETENTION_CLASSES[ctx.catalog.fieldById.get(row.field_id)!.retention satisfies RetentionClass];
    await read<FieldRow>(
      'field_value',
      (row) => openField(opener, row, retention(row)),
      (row) => row.field_id,
    );
    await read<OrderRow>('orders', (row) => openOrder(opener, row));
    await read<OrderRow>('orders', (row) => openParty(opener, row));
    await read<LineRow>('order_line', (row) => openLine(opener, row));
    await read<CaseRow>('cases', (row) => openCase(opener, row));
    await read<MessageRow>('case_message', (row) => openMessage(opener, row));
    await read<ContentRow>('case_attachment', (row) => [
      openAttachmentName(opener, row),
      attachmentText(openAttachment(opener, { ...row, customer: row.customer_id })),
    ]);
    await read<EventRow>(
      'event',
      (row) => openEvent(opener, row),
      (row) => row.event_id,
    );
    await read<IdentifierRow>('customer_identifier', (row) => openIdentifier(opener, row));
    for (const [table, field] of STEPS)
      await read<StepRow>(table, (row) =>
        row.sealed === null ? null : openSealed(opener, stepPlace(row, field)),
      );
    all.push(...(await quarantined(ctx, tx, store)));
    return all;
  });
}

function attachmentText(content: unknown): string | null {
  return typeof content === 'string' ? Buffer.from(content, 'base64').toString('latin1') : null;
}

const STEPS = [
  ['opening', COLUMNS.opening],
  ['approval', COLUMNS.approval],
  ['break_glass', COLUMNS.breakGlass],
  ['caller_check', COLUMNS.callerCheck],
] as const;

function stepPlace({ customer_id: customer, class: own, id: row, sealed }: StepRow, field: number) {
  return { customer, class: own ?? RETENTION_CLASSES.service, row, rowVersion: 1, field, sealed: sealed! };
}

async function quarantined(
  ctx: GateCtx,
  tx: Parameters<typeof openRowKeys>[1],
  store: string,
): Promise<Found[]> {
  const { rows } = await tx.query<{ id: string; sealed: Buffer }>({
    text: 'SELECT id, sealed FROM bailee.quarantine WHERE store_id = $1',
    values: [store],
  });
  const ids = rows.map((row) => row.id);
  const keys = await openRowKeys(ctx, tx, ids);
  const place = (row: string) => ({
    store,
    customer: INSTALLATION,
    row,
    rowVersion: 1,
    field: COLUMNS.quarantine,
  });
  return rows.map(({ id, sealed }) => ({
    table: 'quarantine',
    customer: INSTALLATION,
    number: 0,
    value: unseal(ctx.cipher, keys.get(id)!, place(id), sealed),
  }));
}

/** All that lies open, in every table of both schemas, as one text. */
export async function openText(ctx: GateCtx): Promise<string> {
  const { rows: tables } = await ctx.db.query<{ schema: string; name: string }>({
    text: `SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname IN ('bailee', 'keys') AND c.relkind = 'r'`,
  });
  const parts: string[] = [];
  for (const { schema, name } of tables) {
    const { rows } = await ctx.db.query<{ text: string }>({
      text: `SELECT t::text AS text FROM ${schema}.${name} t`,
    });
    parts.push(...rows.map((row) => row.text));
  }
  return parts.join('\n');
}
