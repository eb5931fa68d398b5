/** A choice made on purpose (a banner, a preference page): recorded, indexed in the ledger, and answered with a receipt. */
import type { IdentifierKind, Purpose } from '../../contract/names.ts';
import { OPTIONAL_PURPOSES } from '../../contract/names.ts';
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import type { GateCtx } from '../gate/context.ts';
import { gather, standingChoices } from '../gate/gather.ts';
import { identifierToken } from '../keys/blind.ts';
import type { StandingChoices } from '../law/effective.ts';
import { BaileeError } from '../platform/errors.ts';
import { lookUp } from '../vault/identify.ts';
import { collect } from './collect.ts';
import type { Source } from './types.ts';

export interface ChooseInput {
  readonly source: Source;
  /** A browser key speaks for a device, a server key also for a user of its store. */
  readonly who: { readonly kind: 'anonymousId' | 'userId'; readonly value: string };
  /** Optional purposes → yes or no. */
  readonly choices: Readonly<Record<string, boolean>>;
}

/** Records choices; answers what stands now. Throws `invalid_purpose`, `invalid_identifier`, `not_found` (erased). */
export async function choose(ctx: GateCtx, input: ChooseInput): Promise<{ choices: StandingChoices }> {
  const unknown = Object.keys(input.choices).find((name) => !OPTIONAL_PURPOSES.includes(name as Purpose));
  if (unknown !== undefined || Object.keys(input.choices).length === 0)
    throw new BaileeError(
      'invalid_purpose',
      `Choices are for the optional purposes: ${OPTIONAL_PURPOSES.join(', ')}.`,
    );
  normalized(input.who);
  const result = await collect(ctx, input.source, {
    events: [
      {
        type: 'track',
        event: 'Segment Consent Preference Updated',
        [input.who.kind]: input.who.value,
        context: { consent: { categoryPreferences: input.choices } },
      },
    ],
  });
  if (result.quarantined.length > 0)
    throw new BaileeError('invalid_identifier', 'This id names nobody who could choose.');
  return readStanding(ctx, input);
}

/** What stands for a device or a user. Nobody known: nothing was ever chosen. */
export async function readStanding(
  ctx: GateCtx,
  input: Pick<ChooseInput, 'source' | 'who'>,
): Promise<{ choices: StandingChoices }> {
  const kind: IdentifierKind = input.who.kind;
  const token = identifierToken(ctx, input.source.store, kind, normalized(input.who));
  const found = [...(await lookUp(ctx.db, input.source.store, [{ kind, token }])).values()][0];
  if (found === undefined) return { choices: {} };
  const gathered = await ctx.db.transaction((tx) => gather(ctx, tx, [found.customer], []));
  const cluster = gathered.clusters.get(found.customer);
  if (cluster === undefined) return { choices: {} };
  // A device sees what was chosen on it, not what the account behind it chose elsewhere.
  const own =
    input.source.kind === 'browser'
      ? { choices: cluster.choices.filter((row) => row.customer_id === found.customer), links: [] }
      : cluster;
  return { choices: standingChoices(own) };
}

function normalized(who: ChooseInput['who']): string {
  const id = normalizeIdentifier(who.kind, who.value);
  if (!id.ok)
    throw new BaileeError('invalid_identifier', `This is not a usable ${who.kind}.`, { why: id.why });
  return id.value;
}
