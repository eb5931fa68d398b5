/** What fulfilling a request does to the customer's data, in the transaction that ends the request. */
import { OPTIONAL_PURPOSES, type Purpose, RETENTION_CLASSES } from '../../../contract/names.ts';
import type { RequestKind } from '../../../contract/requests.ts';
import { recordChoices } from '../../consent/record.ts';
import type { GateCtx } from '../../gate/context.ts';
import { standingChoices } from '../../gate/gather.ts';
import { tellRecipients } from '../../gate/tell-recipients.ts';
import { makeMissing, readRing } from '../../keys/ring.ts';
import { BaileeError } from '../../platform/errors.ts';
import { fieldsSince, type RequestRow, requestsOf, restrict } from '../../vault/requests.ts';
import type { AtRequest } from './at-request.ts';

const MARKETING: readonly Purpose[] = [
  'marketing-email',
  'marketing-sms',
  'marketing-phone',
  'marketing-push',
];

/** The purposes that close. */
const CLOSES: Readonly<Partial<Record<RequestKind, readonly Purpose[]>>> = {
  // Against direct marketing and profiling an objection always holds (GDPR Art 21(2), (3)).
  objection: [...MARKETING, 'personalization', 'advertising', 'partner-sharing'],
  withdrawal: OPTIONAL_PURPOSES,
  'opt-out': ['advertising', 'partner-sharing'],
  // Nothing but what the order needs (11 CCR 7027).
  'limit-sensitive': OPTIONAL_PURPOSES,
};

/** Throws `invalid_body` and `conflict` for a correction that did not happen. */
export async function takeEffect(
  ctx: GateCtx,
  at: AtRequest,
  row: RequestRow,
  fields: readonly string[],
): Promise<void> {
  const closes = CLOSES[row.kind];
  if (closes !== undefined) {
    if (closes.includes('partner-sharing')) await tellOfObjection(ctx, at, row);
    await close(ctx, at, row, closes);
  }
  if (row.kind === 'restriction') await restrict(at.tx, [...at.cluster.members], new Date(ctx.clock.now()));
  if (row.kind === 'correction') await needCorrected(ctx, at, row, fields);
}

/** Uses begin again, unless another restriction of the same customer still stands (GDPR Art 18(3): tell them before). */
export async function liftRestriction({ tx, cluster }: AtRequest, row: RequestRow): Promise<void> {
  const members = [...cluster.members];
  const standing = (await requestsOf(tx, members)).filter(
    ({ kind, state, id }) => kind === 'restriction' && state === 'fulfilled' && id !== row.id,
  );
  if (standing.length === 0) await restrict(tx, members, null);
}

/** Also where they never agreed to it: whoever has their data all the same must hear of it. */
async function tellOfObjection(ctx: GateCtx, { tx, cluster }: AtRequest, row: RequestRow): Promise<void> {
  const word = { store: row.store_id, kind: 'objection' as const, customers: [...cluster.members] };
  await tellRecipients(ctx, tx, { ...word, request: row.id });
}

/** Refuses what is not refused yet, for the customer as a whole. */
async function close(
  ctx: GateCtx,
  { tx, cluster }: AtRequest,
  row: RequestRow,
  purposes: readonly Purpose[],
) {
  const standing = standingChoices(cluster);
  const changes = purposes
    .filter((purpose) => standing[purpose] !== 'refused')
    .map((purpose) => ({ purpose, state: 'refused' as const }));
  if (changes.length === 0) return;
  const withdraws = changes
    .filter(({ purpose }) => standing[purpose] === 'granted')
    .map(({ purpose }) => purpose);
  const ring = await readRing(ctx, tx, [cluster.root]);
  await makeMissing(ctx, tx, ring, [{ customer: cluster.root, class: RETENTION_CLASSES.service }]);
  const context = { place: 'request', ...(withdraws.length === 0 ? {} : { withdraws }) };
  await recordChoices(ctx, tx, row.store_id, ring, [
    { customer: cluster.root, changes, how: 'chosen', occurredAt: row.received_at.getTime(), context },
  ]);
}

/** A value is corrected where it comes from: the shop's system sends the right one, as it sends every change. */
async function needCorrected(
  ctx: GateCtx,
  { tx, cluster }: AtRequest,
  row: RequestRow,
  fields: readonly string[],
) {
  if (fields.length === 0)
    throw new BaileeError('invalid_body', 'Name the fields that were corrected.', { path: '/fields' });
  const numbers = fields.map((name) => {
    const field = ctx.catalog.fields.find((each) => each.name === name);
    if (field === undefined)
      throw new BaileeError('invalid_body', 'There is no such field in the catalog.', { path: '/fields' });
    return field.id;
  });
  const fresh = new Set(await fieldsSince(tx, [...cluster.members], numbers, row.received_at));
  const stale = fields.filter((_, nth) => !fresh.has(numbers[nth]!));
  if (stale.length > 0)
    throw new BaileeError(
      'conflict',
      'These fields did not change since the request came. Correct them in the shop’s system, which sends the new value.',
      { fields: stale },
    );
}
