/** Tokens to ids, and who belongs together. No plaintext passes here. */
import { IDENTIFIER_KINDS, type IdentifierKind } from '../../contract/names.ts';
import { tombstoneToken } from '../keys/blind.ts';
import { byteaArray, int2Array } from '../platform/binary-array.ts';
import type { Ctx, Tx } from '../platform/ports.ts';
import { readRecords } from '../platform/records.ts';

/** A blind index token and what kind of identifier it stands for. */
export interface Token {
  readonly kind: IdentifierKind;
  readonly token: Buffer;
}

export interface Found {
  readonly kind: number;
  readonly token: Buffer;
  readonly customer: string;
  /** Of an order or case number: the row it names. */
  readonly target: string | null;
  readonly verified: boolean;
}

/** A text that is the same for the same token. */
export function tokenName(kind: number, token: Buffer): string {
  return `${kind}/${token.toString('latin1')}`;
}

/** Looks tokens up in one store. Unknown ones are simply not in the answer. */
export async function lookUp(tx: Tx, store: string, tokens: readonly Token[]): Promise<Map<string, Found>> {
  const found = new Map<string, Found>();
  if (tokens.length === 0) return found;
  const { rows } = await tx.query<{ found: Buffer | null }>({
    name: 'identify_look_up',
    // One packed value: five hundred small rows would cost more to read than to find.
    text: `SELECT string_agg(int4send(t.nth::integer) || uuid_send(i.customer_id) || bailee.pack(uuid_send(i.target_id)) || boolsend(i.verified), '') AS found
           FROM unnest($2::smallint[], $3::bytea[]) WITH ORDINALITY AS t (k, v, nth)
           JOIN bailee.identifier i ON i.store_id = $1 AND i.kind = t.k AND i.token = t.v`,
    values: [
      store,
      int2Array(tokens.map((each) => IDENTIFIER_KINDS[each.kind])),
      byteaArray(tokens.map((each) => each.token)),
    ],
  });
  readRecords(rows[0]?.found ?? null, (row) => {
    const { kind, token } = tokens[row.int4() - 1]!;
    const number = IDENTIFIER_KINDS[kind];
    found.set(tokenName(number, token), {
      kind: number,
      token,
      customer: row.uuid(),
      target: row.uuidOrNull(),
      verified: row.bool(),
    });
  });
  return found;
}

export interface Member {
  /** The customer that was asked about. */
  readonly customer: string;
  readonly root: string;
  /** One of the customers that belong together; the root is one of them. */
  readonly member: string;
}

/** For each asked customer: its root, and everyone below it through open links. */
export async function members(tx: Tx, customers: readonly string[]): Promise<Member[]> {
  if (customers.length === 0) return [];
  const { rows } = await tx.query<{ customer_id: string; root: string; member: string }>({
    name: 'identify_members',
    text: 'SELECT customer_id, root, member FROM bailee.cluster($1)',
    values: [customers],
  });
  return rows.map((row) => ({ customer: row.customer_id, root: row.root, member: row.member }));
}

/** Which of the tokens are stopped by a tombstone that has not expired, by `tokenName`. */
export async function stopped(
  ctx: Ctx,
  tx: Tx,
  store: string,
  tokens: readonly Token[],
): Promise<Set<string>> {
  const names = new Map<string, string>();
  const stones: Buffer[] = [];
  for (const each of tokens) {
    const kind = IDENTIFIER_KINDS[each.kind];
    const stone = tombstoneToken(ctx, kind, each.token);
    names.set(stone.toString('latin1'), tokenName(kind, each.token));
    stones.push(stone);
  }
  if (stones.length === 0) return new Set();
  const { rows } = await tx.query<{ token: Buffer }>({
    name: 'identify_stopped',
    text: 'SELECT token FROM bailee.tombstone WHERE store_id = $1 AND token = ANY($2) AND expires_at > $3',
    values: [store, byteaArray(stones), new Date(ctx.clock.now())],
  });
  return new Set(rows.map((row) => names.get(row.token.toString('latin1'))!));
}

/** Where a case or an order number points, and for a case its state and its order. */
export interface EvidenceTarget {
  readonly customer: string;
  readonly target: string | null;
  readonly caseState: 'open' | 'closed' | null;
  readonly caseOrder: string | null;
}

/** A case or an order by the shop's number, or a request by its id, in a store. */
export interface EvidenceToken {
  readonly store: string;
  readonly kind: 'case' | 'order' | 'request';
  readonly token: Buffer;
  /** What was given may be the id of a case of ours, which has no number of the shop's; of a request it always is. */
  readonly row?: string;
}

/** Stands where an identifier has the number of its kind. */
export const REQUEST_EVIDENCE = 0;

interface EvidenceRow {
  readonly kind: number;
  readonly token: Buffer;
  readonly customer_id: string;
  readonly target_id: string | null;
  readonly state: 'open' | 'closed' | null;
  readonly order_id: string | null;
}

/** Looks case and order numbers up, and ids of cases and requests, by `tokenName`. Unknown ones are not in the answer. */
export async function lookUpEvidence(
  tx: Tx,
  asked: readonly EvidenceToken[],
): Promise<Map<string, EvidenceTarget>> {
  const found = await lookUpRequests(tx, asked);
  const tokens = asked.filter(isNumbered);
  if (tokens.length === 0) return found;
  const { rows } = await tx.query<EvidenceRow>({
    name: 'identify_evidence',
    text: `SELECT i.kind, i.token, i.customer_id, i.target_id, c.state, c.order_id
           FROM unnest($1::uuid[], $2::smallint[], $3::bytea[]) AS t (s, k, v)
           JOIN bailee.identifier i ON i.store_id = t.s AND i.kind = t.k AND i.token = t.v
           LEFT JOIN bailee.cases c ON c.customer_id = i.customer_id AND c.id = i.target_id`,
    values: [
      tokens.map((each) => each.store),
      tokens.map((each) => IDENTIFIER_KINDS[each.kind]),
      byteaArray(tokens.map((each) => each.token)),
    ],
  });
  for (const row of [...(await byRow(tx, tokens)), ...rows])
    found.set(tokenName(row.kind, row.token), {
      customer: row.customer_id,
      target: row.target_id,
      caseState: row.state,
      caseOrder: row.order_id,
    });
  return found;
}

type Numbered = EvidenceToken & { readonly kind: 'case' | 'order' };

function isNumbered(token: EvidenceToken): token is Numbered {
  return token.kind !== 'request';
}

/** Requests that are not ended, of somebody who proved who they are. */
async function lookUpRequests(tx: Tx, asked: readonly EvidenceToken[]): Promise<Map<string, EvidenceTarget>> {
  const found = new Map<string, EvidenceTarget>();
  const named = asked.filter((each) => each.kind === 'request');
  if (named.length === 0) return found;
  const { rows } = await tx.query<{ token: Buffer; customer_id: string; id: string }>({
    name: 'identify_request_evidence',
    text: `SELECT t.v AS token, r.customer_id, r.id
           FROM unnest($1::uuid[], $2::bytea[], $3::uuid[]) AS t (s, v, r)
           JOIN bailee.request r ON r.id = t.r AND r.store_id = t.s AND r.ended_at IS NULL AND r.proof IS NOT NULL`,
    values: [
      named.map((each) => each.store),
      byteaArray(named.map((each) => each.token)),
      named.map((each) => each.row),
    ],
  });
  for (const { token, customer_id: customer, id: target } of rows)
    found.set(tokenName(REQUEST_EVIDENCE, token), { customer, target, caseState: null, caseOrder: null });
  return found;
}

async function byRow(tx: Tx, tokens: readonly Numbered[]): Promise<EvidenceRow[]> {
  const named = tokens.filter((each) => each.row !== undefined);
  if (named.length === 0) return [];
  const { rows } = await tx.query<EvidenceRow>({
    name: 'identify_case_evidence',
    text: `SELECT t.k AS kind, t.v AS token, c.customer_id, c.id AS target_id, c.state, c.order_id
           FROM unnest($1::uuid[], $2::smallint[], $3::bytea[], $4::uuid[]) AS t (s, k, v, r)
           JOIN bailee.cases c ON c.id = t.r AND c.store_id = t.s`,
    values: [
      named.map((each) => each.store),
      named.map((each) => IDENTIFIER_KINDS[each.kind]),
      byteaArray(named.map((each) => each.token)),
      named.map((each) => each.row),
    ],
  });
  return rows;
}

/** Tokens by which people are found: those of account, address and number, not of orders, cases and devices. */
export async function personTokens(
  tx: Tx,
  customers: readonly string[],
): Promise<{ readonly kind: number; readonly token: Buffer }[]> {
  const { rows } = await tx.query<{ kind: number; token: Buffer }>({
    name: 'identify_person_tokens',
    text: 'SELECT kind, token FROM bailee.identifier WHERE customer_id = ANY($1) AND kind = ANY($2)',
    values: [customers, int2Array([IDENTIFIER_KINDS.userId, IDENTIFIER_KINDS.email, IDENTIFIER_KINDS.phone])],
  });
  return rows;
}
