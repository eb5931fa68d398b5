/**
 * Whether somebody knows an order and what stands on its parcel. One bit leaves, and only where it fits: nothing else of
 * what is opened here is shown. A right answer is an entry with the session that it starts; a wrong one is counted, since
 * an entry for each would let a stranger fill a customer's ledger, and tell by its time that there is one.
 */
import { RETENTION_CLASSES } from '../../../contract/names.ts';
import { normalizeIdentifier } from '../../catalog/identifiers.ts';
import { identifierToken } from '../../keys/blind.ts';
import { COLUMNS } from '../../keys/columns.ts';
import { lookUp, type Token, tokenName } from '../../vault/identify.ts';
import { openField, openParty } from '../../vault/read.ts';
import { readOrders } from '../../vault/sql.ts';
import { openerFor } from '../answer.ts';
import type { GateCtx } from '../context.ts';
import { gather } from '../gather.ts';

export interface OrderProof {
  readonly store: string;
  readonly order: string;
  /** One of the two. */
  readonly email?: string;
  readonly postalCode?: string;
}

const KIND = { email: 3, order: 5 } as const;
const ADDRESSES = ['contact.address', 'contact.shippingAddress', 'contact.billingAddress'];
const TOKEN_BYTES = 16;

/** The customer whose order it is; null where anything does not fit. */
export async function proveOrder(ctx: GateCtx, proof: OrderProof): Promise<string | null> {
  const { store } = proof;
  const [order, email] = [
    tokenOf(ctx, store, 'order', proof.order),
    tokenOf(ctx, store, 'email', proof.email),
  ];
  const found = await lookUp(ctx.db, store, [order, email]);
  const target = found.get(tokenName(KIND.order, order.token));
  const owner = found.get(tokenName(KIND.email, email.token));
  // Of an order that is not there the same is asked, of nobody.
  const customer = target?.customer ?? ctx.random.id();
  const id = target?.target ?? ctx.random.id();
  const numbers = ADDRESSES.flatMap((name) => ctx.catalog.fieldByName.get(name)?.id ?? []);
  const { gathered, rows } = await ctx.db.transaction(async (tx) => ({
    gathered: await gather(ctx, tx, [customer], numbers),
    rows: await readOrders(tx, [customer], { ids: [id] }),
  }));
  const cluster = gathered.clusters.get(customer);
  const [row] = rows;
  if (cluster === undefined || row === undefined || cluster.rows.some((each) => each.erased)) return null;
  if (proof.email !== undefined)
    return owner !== undefined && cluster.members.has(owner.customer) ? customer : null;
  const opener = openerFor(ctx, store, { cluster, gathered }, [...numbers, COLUMNS.orderParty]);
  const codes = [
    codeIn(openParty(opener, row)),
    ...cluster.fields.map((each) => {
      const field = ctx.catalog.fieldById.get(each.field_id);
      return field === undefined ? null : codeIn(openField(opener, each, RETENTION_CLASSES[field.retention]));
    }),
  ];
  const asked = spelled(proof.postalCode ?? '');
  return asked !== null && codes.includes(asked) ? customer : null;
}

/** What cannot be one is looked up as well, and is nobody's. */
function tokenOf(ctx: GateCtx, store: string, kind: 'order' | 'email', text: string | undefined): Token {
  const normalized = normalizeIdentifier(kind, text);
  return {
    kind,
    token: normalized.ok
      ? identifierToken(ctx, store, kind, normalized.value)
      : ctx.random.bytes(TOKEN_BYTES),
  };
}

function codeIn(address: unknown): string | null {
  if (typeof address !== 'object' || address === null) return null;
  const { postalCode, postal_code: other } = address as Readonly<Record<string, unknown>>;
  const code = postalCode ?? other;
  return typeof code === 'string' ? spelled(code) : null;
}

/** Without spaces, dashes and case; null when nothing is left. */
function spelled(code: string): string | null {
  const plain = code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return plain === '' ? null : plain;
}
