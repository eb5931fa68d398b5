/** What a request to choose says, before anybody is looked up: the changes, and how they came about. */
import { GPC_PURPOSES } from '../../contract/consent.ts';
import { OPTIONAL_PURPOSES, type Purpose } from '../../contract/names.ts';
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import { noticeShown } from '../consent/notice.ts';
import type { ChoiceChange, ChoiceContext } from '../consent/record.ts';
import type { GateCtx } from '../gate/context.ts';
import { termsOf } from '../gate/terms-of.ts';
import { identifierToken } from '../keys/blind.ts';
import { BaileeError } from '../platform/errors.ts';
import { lookUp, stopped, type Token } from '../vault/identify.ts';
import type { Source } from './types.ts';

/** A browser key speaks for a device, a server key also for a user of its store. */
export interface Who {
  readonly kind: 'anonymousId' | 'userId';
  readonly value: string;
  /** The shop's backend vouches for this user by a signed token. */
  readonly vouched?: boolean;
}

export interface Asked {
  readonly source: Source;
  readonly who: Who;
}

export interface ChoiceRequest {
  /** Optional purposes → yes or no. */
  readonly choices: Readonly<Record<string, boolean>>;
  /** Purpose → channel → yes or no. */
  readonly channels?: Readonly<Record<string, Readonly<Record<string, boolean>> | undefined>>;
  /** What the person read. */
  readonly notice?: { readonly version: number; readonly language: string };
  /** Where: banner, settings, checkout … */
  readonly place?: string;
  /** ISO 3166; as the notice took it. */
  readonly region?: string;
  /** The browser sends Global Privacy Control. */
  readonly gpc?: boolean;
  /** UUID of the request: the same one counts once. */
  readonly id?: string;
  /** For this recipient alone. */
  readonly recipient?: string;
  /** A parent chose, for a child. */
  readonly guardian?: { readonly verifiedBy: string; readonly userId?: string };
}

/** The changes that are asked for. Throws `invalid_purpose`, `invalid_body`. */
export function changesOf(request: ChoiceRequest): ChoiceChange[] {
  const { choices, channels = {}, recipient } = request;
  const names = [...Object.keys(choices), ...Object.keys(channels)];
  const unknown = names.some((name) => !OPTIONAL_PURPOSES.includes(name as Purpose));
  if (unknown || (names.length === 0 && !request.gpc))
    throw new BaileeError(
      'invalid_purpose',
      `Choices are for the optional purposes: ${OPTIONAL_PURPOSES.join(', ')}.`,
    );
  if (recipient !== undefined && Object.keys(channels).length > 0)
    throw new BaileeError('invalid_body', 'A choice is for channels or for a recipient, not for both.');
  const stateOf = (yes: boolean) => (yes ? ('granted' as const) : ('refused' as const));
  const all: ChoiceChange[] = Object.entries(choices).map(([purpose, yes]) => ({
    purpose: purpose as Purpose,
    state: stateOf(yes),
  }));
  for (const [purpose, each] of Object.entries(channels))
    for (const [channel, yes] of Object.entries(each ?? {}))
      all.push({ purpose: purpose as Purpose, channel, state: stateOf(yes) });
  // A grant beside a signal that says no is no clear yes.
  const closed: readonly Purpose[] = request.gpc ? GPC_PURPOSES : [];
  return all.filter((change) => change.state === 'refused' || !closed.includes(change.purpose));
}

const DAY_MS = 86_400_000;

/** How the choice came about. The time is the server's: no sender back-dates a consent. Throws `notice_outdated`. */
export async function contextOf(
  ctx: GateCtx,
  source: Source,
  request: ChoiceRequest,
  changes: readonly ChoiceChange[],
): Promise<ChoiceContext> {
  const { notice, place, region, id, recipient, guardian } = request;
  const grants = changes.some((change) => change.state === 'granted');
  const shown = notice === undefined ? null : await noticeShown(ctx.db, source.store, notice, grants);
  const terms = termsOf(ctx, region ?? null, source.country);
  const lasts = terms.grantLastsDays;
  return {
    ...(shown === null ? {} : { notice: shown, regimes: terms.regimes, policy: terms.fingerprint }),
    ...(shown === null || lasts === null || !grants ? {} : { expiresAt: ctx.clock.now() + lasts * DAY_MS }),
    ...(place === undefined ? {} : { place }),
    ...(region === undefined ? {} : { region: terms.region }),
    ...(id === undefined ? {} : { request: id.toLowerCase() }),
    ...(recipient === undefined ? {} : { recipient }),
    ...(guardian === undefined ? {} : { guardian: await guardianOf(ctx, source, guardian) }),
  };
}

async function guardianOf(
  ctx: GateCtx,
  source: Source,
  { verifiedBy, userId }: NonNullable<ChoiceRequest['guardian']>,
): Promise<NonNullable<ChoiceContext['guardian']>> {
  if (userId === undefined) return { verifiedBy };
  const token = tokenOf(ctx, { source, who: { kind: 'userId', value: userId } });
  const [found] = (await lookUp(ctx.db, source.store, [token])).values();
  if (found === undefined)
    throw new BaileeError('invalid_identifier', 'The guardian is no customer of this store.');
  return { verifiedBy, customer: found.customer };
}

/** The token of whom it is about. Throws `forbidden` when a browser key names a user for whom nobody vouches, and `invalid_identifier`. */
export function tokenOf(ctx: GateCtx, { source, who }: Asked): Token {
  if (source.kind === 'browser' && who.kind !== 'anonymousId' && !who.vouched) {
    ctx.metrics.browserAttacks.inc({ kind: 'choices-of-a-customer' });
    throw new BaileeError('forbidden', 'A browser key speaks for its own device alone.');
  }
  const id = normalizeIdentifier(who.kind, who.value);
  if (!id.ok)
    throw new BaileeError('invalid_identifier', `This is not a usable ${who.kind}.`, { why: id.why });
  return { kind: who.kind, token: identifierToken(ctx, source.store, who.kind, id.value) };
}

/** A choice of someone who was erased would be kept nowhere, and must not look as if it were. Throws `not_found`. */
export async function needAlive(ctx: GateCtx, asked: Asked): Promise<void> {
  const gone = await stopped(ctx, ctx.db, asked.source.store, [tokenOf(ctx, asked)]);
  if (gone.size > 0) throw new BaileeError('not_found', 'What was known under this id was erased.');
}
