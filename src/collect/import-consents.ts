/**
 * Consents of another system, brought in with their proof. What was chosen here stands above what is brought: an
 * import says no at once, and says yes only where nothing was said.
 */
import { createHash } from 'node:crypto';
import { CHOICE_PLACES } from '../../contract/consent.ts';
import { OPTIONAL_PURPOSES, type Purpose } from '../../contract/names.ts';
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import type { ChoiceContext } from '../consent/record.ts';
import type { GateCtx } from '../gate/context.ts';
import { isBaileeError } from '../platform/errors.ts';
import { stopped } from '../vault/identify.ts';
import { type Asked, tokenOf, type Who } from './choice-request.ts';
import { writeChoice } from './choice-write.ts';

/** A line as it came, unchecked. */
export type ConsentLine = unknown;

export interface ImportedConsents {
  /** Recorded; a line that was brought in before, or says what stands, changes nothing. */
  readonly recorded: number;
  readonly unchanged: number;
  /** By the line's place in this call, with a reason that repeats nothing of it. */
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
}

interface Read {
  readonly who: Who;
  readonly purpose: Purpose;
  readonly channel?: string;
  readonly granted: boolean;
  readonly at: number;
  readonly context: ChoiceContext;
}

/** Brings lines in, each on its own and in its own transaction. */
export async function importConsents(
  ctx: GateCtx,
  store: string,
  lines: readonly ConsentLine[],
): Promise<ImportedConsents> {
  let recorded = 0;
  let unchanged = 0;
  const refused: { line: number; reason: string }[] = [];
  for (const [line, raw] of lines.entries()) {
    const result = await bringIn(ctx, store, raw).catch((error: unknown) => {
      if (isBaileeError(error) && error.status < 500) return error.message;
      throw error;
    });
    if (result === true) recorded += 1;
    else if (result === false) unchanged += 1;
    else refused.push({ line, reason: result });
  }
  return { recorded, unchanged, refused };
}

/** True when it was recorded, false when it changed nothing; else why it is refused. */
async function bringIn(ctx: GateCtx, store: string, raw: ConsentLine): Promise<boolean | string> {
  const read = readLine(raw, ctx.clock.now());
  if (typeof read === 'string') return read;
  const { who, purpose, channel, granted, at, context } = read;
  const asked: Asked = { source: { kind: 'import', store, key: 'import', country: null }, who };
  if ((await stopped(ctx, ctx.db, store, [tokenOf(ctx, asked)])).size > 0) return 'This person was erased.';
  const state = granted ? ('granted' as const) : ('refused' as const);
  const changes = [{ purpose, state, ...(channel === undefined ? {} : { channel }) }];
  const written = await ctx.db.transaction((tx) =>
    writeChoice(ctx, tx, { asked, changes, context, how: 'imported', gpc: false, occurredAt: at }),
  );
  return 'recorded' in written && written.recorded.length > 0;
}

type Json = Readonly<Record<string, unknown>>;

/** Why a line cannot be brought in, or what it says. */
function readLine(raw: ConsentLine, now: number): Read | string {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return 'A line is a JSON object.';
  const line = raw as Json;
  const who = whoIn(line);
  if (who === null) return 'Name one of userId and anonymousId.';
  const purpose = OPTIONAL_PURPOSES.find((each) => each === line.purpose);
  if (purpose === undefined) return `The purpose must be one of ${OPTIONAL_PURPOSES.join(', ')}.`;
  if (line.state !== 'granted' && line.state !== 'refused') return 'The state must be granted or refused.';
  const at = typeof line.at === 'string' ? Date.parse(line.at) : Number.NaN;
  if (!Number.isFinite(at) || at > now) return '`at` must be a time in ISO 8601, not after now.';
  const channel = textIn(line.channel, 32);
  const proof = proofIn(line.proof);
  const granted = line.state === 'granted';
  if (granted && proof === null) return 'A grant needs its proof: {"kind": …, "reference": …}.';
  const place = CHOICE_PLACES.find((each) => each === line.how) ?? 'import';
  return {
    who,
    purpose,
    granted,
    at,
    ...(channel === null ? {} : { channel }),
    context: { place, request: requestOf(line), ...(proof === null ? {} : { proof }) },
  };
}

function whoIn(line: Json): Who | null {
  const named = (['userId', 'anonymousId'] as const).filter((kind) => line[kind] !== undefined);
  const [kind, more] = named;
  if (kind === undefined || more !== undefined) return null;
  const normalized = normalizeIdentifier(kind, line[kind]);
  return normalized.ok ? { kind, value: normalized.value } : null;
}

function proofIn(value: unknown): NonNullable<ChoiceContext['proof']> | null {
  const { kind, reference } = (value ?? {}) as Json;
  const [what, where] = [textIn(kind, 64), textIn(reference, 500)];
  return what === null || where === null ? null : { kind: what, reference: where };
}

function textIn(value: unknown, most: number): string | null {
  return typeof value === 'string' && value !== '' && value.length <= most && value.isWellFormed()
    ? value
    : null;
}

/** The same line is the same request, so that a file can be brought in again after a crash. A UUID (RFC 9562, version 8). */
function requestOf(line: Json): string {
  const content = ['userId', 'anonymousId', 'purpose', 'channel', 'state', 'at', 'how', 'proof'].map(
    (name) => line[name],
  );
  const hash = createHash('sha256').update(JSON.stringify(content)).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
