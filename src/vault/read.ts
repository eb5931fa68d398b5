/** Reading sealed rows, and opening them against a grant. For the gate alone. */
import { IDENTIFIER_KINDS, RETENTION_CLASSES } from '../../contract/names.ts';
import { COLUMNS } from '../keys/columns.ts';
import type { KeyRing } from '../keys/ring.ts';
import { unsealer } from '../keys/seal.ts';
import type { CanonicalEntry } from '../ledger/leaf.ts';
import { BaileeError } from '../platform/errors.ts';
import type { Ctx } from '../platform/ports.ts';
import type { AttachmentRow, MessageRow } from './case-rows.ts';
import type { Grant } from './grant.ts';
import { fieldRow, lineRow, PARTY_VERSION } from './place.ts';
import type { CaseRow, EventRow, FieldRow, IdentifierRow, LineRow, OrderRow } from './rows.ts';
import type { EntryRow } from './sql.ts';

/** What a sealed row needs besides itself to be opened. */
export interface Opener {
  readonly ctx: Ctx;
  readonly grant: Grant;
  readonly store: string;
  readonly ring: KeyRing;
}

interface Sealed {
  readonly customer: string;
  readonly class: number;
  readonly row: string;
  readonly rowVersion: number;
  readonly field: number;
  readonly sealed: Buffer;
}

/** Opens one value. Throws when the grant does not cover it; null when its key is shredded. */
export function openSealed(opener: Opener, item: Sealed): unknown {
  return readySealed(opener, item)();
}

/** Readies one value: it is decrypted when what this returns is called, once. */
function readySealed(opener: Opener, item: Sealed): () => unknown {
  if (!opener.grant.customers.has(item.customer) || !opener.grant.fields.has(item.field))
    throw new BaileeError('internal', 'The grant does not cover this value.');
  const key = opener.ring.at(item.customer, item.class, item.sealed);
  if (key === null) return () => null;
  const { customer, row, rowVersion, field } = item;
  const place = { store: opener.store, customer, row, rowVersion, field };
  return unsealer(opener.ctx.cipher, key, place, item.sealed);
}

const { commerce: CLASS_COMMERCE, service: CLASS_SERVICE, identity: CLASS_IDENTITY } = RETENTION_CLASSES;
/** Order and case numbers are kept as long as what they name. */
const IDENTIFIER_CLASS: Readonly<Record<number, number>> = {
  [IDENTIFIER_KINDS.order]: CLASS_COMMERCE,
  [IDENTIFIER_KINDS.case]: CLASS_SERVICE,
};

/** The value of a field; `retention` is the number of its retention class. */
export function openField(opener: Opener, row: FieldRow, retention: number): unknown {
  return readyField(opener, row, retention)();
}

/** The same in two steps: nothing is decrypted until what this returns is called, once. Both may throw. */
export function readyField(opener: Opener, row: FieldRow, retention: number): () => unknown {
  return readySealed(opener, {
    customer: row.customer_id,
    class: retention,
    ...fieldRow(row.customer_id, row.row_version, row.source),
    field: row.field_id,
    sealed: row.sealed,
  });
}

export function openOrder(opener: Opener, row: OrderRow): unknown {
  return openSealed(opener, {
    customer: row.customer_id,
    class: CLASS_COMMERCE,
    row: row.id,
    rowVersion: row.row_version,
    field: COLUMNS.order,
    sealed: row.sealed,
  });
}

/** The invoice party: for `legal-duty` alone. */
export function openParty(opener: Opener, row: OrderRow): unknown {
  if (row.party === null) return null;
  return openSealed(opener, {
    customer: row.customer_id,
    class: CLASS_COMMERCE,
    row: row.id,
    rowVersion: PARTY_VERSION,
    field: COLUMNS.orderParty,
    sealed: row.party,
  });
}

export function openLine(opener: Opener, row: LineRow): unknown {
  return openSealed(opener, {
    customer: row.customer_id,
    class: CLASS_COMMERCE,
    ...lineRow(row.line_key),
    field: COLUMNS.orderLine,
    sealed: row.sealed,
  });
}

export function openCase(opener: Opener, row: CaseRow): unknown {
  return openSealed(opener, {
    customer: row.customer_id,
    class: CLASS_SERVICE,
    row: row.id,
    rowVersion: row.row_version,
    field: COLUMNS.case,
    sealed: row.sealed,
  });
}

/** A message of a case; null: an event, or its key is gone. */
export function openMessage(opener: Opener, row: MessageRow): unknown {
  if (row.sealed === null) return null;
  return openSealed(opener, {
    customer: row.customer_id,
    class: CLASS_SERVICE,
    row: row.id,
    rowVersion: 1,
    field: COLUMNS.caseMessage,
    sealed: row.sealed,
  });
}

/** Name and SHA-256 of an attachment; null when its key is gone. */
export function openAttachmentName(opener: Opener, row: AttachmentRow): unknown {
  return openSealed(opener, {
    ...{ customer: row.customer_id, class: CLASS_SERVICE, row: row.id, rowVersion: 1 },
    field: COLUMNS.attachmentName,
    sealed: row.name,
  });
}

/** The content of an attachment, base64; null when its key is gone. */
export function openAttachment(
  opener: Opener,
  { customer, id, sealed }: { readonly customer: string; readonly id: string; readonly sealed: Buffer },
): unknown {
  const place = { customer, class: CLASS_SERVICE, row: id, rowVersion: 1, field: COLUMNS.attachment };
  return openSealed(opener, { ...place, sealed });
}

export function openEvent(opener: Opener, row: EventRow): unknown {
  return openSealed(opener, {
    customer: row.customer_id,
    class: row.class,
    row: row.id,
    rowVersion: 1,
    field: COLUMNS.event,
    sealed: row.sealed,
  });
}

/** What an entry of the ledger commits to; its salt stays here. */
export function openEntry(opener: Opener, row: EntryRow): unknown {
  return (openSealed(opener, placeOfEntry(row)) as { readonly entry: unknown } | null)?.entry ?? null;
}

/** The same with its salt, for a receipt to the customer whose entry it is; null when its key is gone. */
export function openCommitted(
  opener: Opener,
  row: EntryRow,
): { readonly entry: CanonicalEntry; readonly salt: Buffer } | null {
  const sealed = openSealed(opener, placeOfEntry(row)) as { entry: CanonicalEntry; salt: string } | null;
  return sealed === null ? null : { entry: sealed.entry, salt: Buffer.from(sealed.salt, 'base64') };
}

function placeOfEntry(row: EntryRow): Sealed {
  return {
    customer: row.customer_id,
    class: row.class,
    row: row.id,
    rowVersion: 1,
    field: COLUMNS.opening,
    sealed: row.sealed,
  };
}

/** An identifier as it was given, to build its blind index again. */
export function openIdentifier(opener: Opener, row: IdentifierRow): unknown {
  return openSealed(opener, {
    customer: row.customer_id,
    class: IDENTIFIER_CLASS[row.kind] ?? CLASS_IDENTITY,
    row: row.id,
    rowVersion: row.row_version,
    field: COLUMNS.identifier,
    sealed: row.sealed,
  });
}
