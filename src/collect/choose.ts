/** A choice made on purpose (a banner, a preference page): recorded, indexed in the ledger, and answered with a receipt. */
import type { Purpose } from '../../contract/names.ts';
import { OPTIONAL_PURPOSES } from '../../contract/names.ts';
import { normalizeIdentifier } from '../catalog/identifiers.ts';
import type { GateCtx } from '../gate/context.ts';
import { gather, standingChoices } from '../gate/gather.ts';
import { identifierToken } from '../keys/blind.ts';
import type { StandingChoices } from '../law/effective.ts';
import { makeReceipt, type Receipt } from '../ledger/receipt.ts';
import { BaileeError } from '../platform/errors.ts';
import { lookUp, stopped, type Token } from '../vault/identify.ts';
import { collectBatch } from './collect.ts';
import type { Source } from './types.ts';

export interface ChooseInput {
  readonly source: Source;
  /** A browser key speaks for a device, a server key also for a user of its store. */
  readonly who: { readonly kind: 'anonymousId' | 'userId'; readonly value: string };
  /** Optional purposes → yes or no. */
  readonly choices: Readonly<Record<string, boolean>>;
}

/** What stands after a choice; and when it changed something, where the ledger holds it, with a signed receipt. */
export interface Chosen {
  readonly choices: StandingChoices;
  readonly ledgerIndex?: number;
  readonly receipt?: Receipt;
}

/** Records choices; answers what stands now. Throws `invalid_purpose`, `invalid_identifier`, `not_found` (erased). */
export async function choose(ctx: GateCtx, input: ChooseInput): Promise<Chosen> {
  const unknown = Object.keys(input.choices).find((name) => !OPTIONAL_PURPOSES.includes(name as Purpose));
  if (unknown !== undefined || Object.keys(input.choices).length === 0)
    throw new BaileeError(
      'invalid_purpose',
      `Choices are for the optional purposes: ${OPTIONAL_PURPOSES.join(', ')}.`,
    );
  await needAlive(ctx, input);
  const result = await collectBatch(ctx, input.source, {
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
  const { choices } = await readStanding(ctx, input);
  const [recorded] = result.choices;
  if (recorded === undefined || recorded.index === null) return { choices };
  const { index, entry, salt } = recorded;
  return {
    choices,
    ledgerIndex: index,
    receipt: await makeReceipt(ctx, ctx.db, { index, entry, salt, kind: 'choice' }),
  };
}

/** What stands for a device or a user. Nobody known: nothing was ever chosen. */
export async function readStanding(
  ctx: GateCtx,
  input: Pick<ChooseInput, 'source' | 'who'>,
): Promise<{ choices: StandingChoices }> {
  const { kind, token } = tokenOf(ctx, input);
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

type Asked = Pick<ChooseInput, 'source' | 'who'>;

/** Throws `forbidden` when a browser key names a user, and `invalid_identifier`. */
function tokenOf(ctx: GateCtx, { source, who }: Asked): Token {
  if (source.kind === 'browser' && who.kind !== 'anonymousId') {
    ctx.metrics.browserAttacks.inc({ kind: 'choices-of-a-customer' });
    throw new BaileeError('forbidden', 'A browser key speaks for its own device alone.');
  }
  const id = normalizeIdentifier(who.kind, who.value);
  if (!id.ok)
    throw new BaileeError('invalid_identifier', `This is not a usable ${who.kind}.`, { why: id.why });
  return { kind: who.kind, token: identifierToken(ctx, source.store, who.kind, id.value) };
}

/** A choice of someone who was erased would be kept nowhere, and must not look as if it were. */
async function needAlive(ctx: GateCtx, asked: Asked): Promise<void> {
  const gone = await stopped(ctx, ctx.db, asked.source.store, [tokenOf(ctx, asked)]);
  if (gone.size > 0) throw new BaileeError('not_found', 'What was known under this id was erased.');
}
