/** A choice made on purpose (a banner, a preference page): recorded, indexed in the ledger, and answered with a receipt. */
import { GPC_PURPOSES } from '../../contract/consent.ts';
import type { Purpose } from '../../contract/names.ts';
import { consentReceipt } from '../consent/receipt.ts';
import type { ChoiceChange, ChoiceContext } from '../consent/record.ts';
import { refuseUnknown } from '../consent/refuse-unknown.ts';
import { isSignalled } from '../consent/signal.ts';
import { askAgainAt } from '../consent/terms.ts';
import type { GateCtx } from '../gate/context.ts';
import { type Cluster, gather, standingChoices } from '../gate/gather.ts';
import { termsOf } from '../gate/terms-of.ts';
import { messageToken } from '../keys/blind.ts';
import type { StandingChoices } from '../law/effective.ts';
import type { ChoiceState } from '../law/types.ts';
import type { Receipt } from '../ledger/receipt.ts';
import { BaileeError } from '../platform/errors.ts';
import { lookUp } from '../vault/identify.ts';
import type { Recorded } from '../vault/record.ts';
import { takeMessages } from '../vault/write.ts';
import {
  type Asked,
  type ChoiceRequest,
  changesOf,
  contextOf,
  needAlive,
  tokenOf,
  type Who,
} from './choice-request.ts';
import { writeChoice } from './choice-write.ts';
import { askToConfirm } from './confirm.ts';
import type { Source } from './types.ts';

export interface ChooseInput extends ChoiceRequest {
  readonly source: Source;
  /** Null: nobody that is known. Then only a refusal can be recorded. */
  readonly who: Who | null;
  /** Where a yes to mails has to be confirmed: where to. Used once, kept nowhere. */
  readonly confirm?: { readonly email: string };
}

/** What stands. */
export interface Standing {
  readonly choices: StandingChoices;
  /** `honored`: this browser, or another one of the same customer, sends Global Privacy Control. */
  readonly gpc: 'honored' | 'absent';
}

/** What stands after a choice; and when it changed something, where the ledger holds it, with a signed receipt. */
export interface Chosen extends Standing {
  /** Granted once the person has confirmed it by the mail that went out. */
  readonly waiting?: readonly string[];
  readonly ledgerIndex?: number;
  readonly receipt?: Receipt;
}

/**
 * Records choices; answers what stands now. Throws `invalid_purpose`, `invalid_identifier`, `not_found` (erased),
 * `notice_outdated`, `choice_replayed`, `mail_unavailable`.
 */
export async function choose(ctx: GateCtx, input: ChooseInput): Promise<Chosen> {
  const { source, who, gpc = false } = input;
  const changes = changesOf(input);
  const context = await contextOf(ctx, source, input, changes);
  if (who === null) return chooseUnknown(ctx, source.store, changes, context, gpc);
  const asked: Asked = { source, who };
  await needAlive(ctx, asked);
  const { now, waiting } = await askToConfirm(ctx, asked, input, changes);
  const written = await ctx.db.transaction((tx) =>
    writeChoice(ctx, tx, { asked, changes: now, context, how: 'chosen', gpc }),
  );
  const stands = await readStanding(ctx, asked);
  const standing: Chosen = {
    choices: stands.choices,
    gpc: gpc ? 'honored' : stands.gpc,
    ...(waiting.length === 0 ? {} : { waiting }),
  };
  if ('again' in written)
    return written.again === null ? standing : { ...standing, ledgerIndex: written.again };
  const [first] = written.recorded;
  return first === undefined ? standing : { ...standing, ...(await proved(ctx, first)) };
}

async function proved(ctx: GateCtx, recorded: Recorded) {
  const { index } = recorded;
  if (index === null) return {};
  return { ledgerIndex: index, receipt: await consentReceipt(ctx, { ...recorded, index }) };
}

/** Of somebody unknown a yes cannot be kept, and a no is kept without them. */
async function chooseUnknown(
  ctx: GateCtx,
  store: string,
  changes: readonly ChoiceChange[],
  context: ChoiceContext,
  gpc: boolean,
): Promise<Chosen> {
  if (changes.length === 0 || changes.some((change) => change.state === 'granted'))
    throw new BaileeError(
      'invalid_identifier',
      'Name one device (anonymousId) or one customer (userId, or token). Only a refusal of everything goes without.',
    );
  const recorded = await ctx.db.transaction(async (tx) => {
    if (context.request !== undefined) {
      const token = messageToken(ctx, store, `refusal\n${context.request}`).toString('latin1');
      // Sent again because its answer was lost: one person, one count.
      if ((await takeMessages(tx, store, [token], ctx.clock.now())).size === 0) return null;
    }
    return refuseUnknown(ctx, tx, store, changes, context);
  });
  return {
    choices: Object.fromEntries(changes.map((change) => [change.purpose, change.state])),
    gpc: gpc ? 'honored' : 'absent',
    ...(recorded === null ? {} : await proved(ctx, recorded)),
  };
}

/** What stands for a device or a user, and when they may be asked again. Nobody known: nothing was ever chosen. */
export async function readStanding(
  ctx: GateCtx,
  asked: Asked & { readonly region?: string },
): Promise<Standing & { readonly askAgainAt: string | null }> {
  const nothing = { choices: {}, gpc: 'absent' as const, askAgainAt: null };
  const { source, who, region } = asked;
  const found = [...(await lookUp(ctx.db, source.store, [tokenOf(ctx, asked)])).values()][0];
  if (found === undefined) return nothing;
  const gathered = await ctx.db.transaction((tx) => gather(ctx, tx, [found.customer], []));
  const cluster = gathered.clusters.get(found.customer);
  if (cluster === undefined) return nothing;
  // A device sees what was chosen on it, not what the account behind it chose elsewhere.
  const alone = source.kind === 'browser' && !who.vouched;
  const own = alone
    ? { choices: cluster.choices.filter((row) => row.customer_id === found.customer), links: [] }
    : cluster;
  const standing = withSignal(cluster, standingChoices(own));
  const refused = own.choices.filter(
    (row) => row.state === 'refused' && row.how === 'chosen' && standing.choices[row.purpose] === 'refused',
  );
  const last = Math.max(...refused.map((row) => row.received_at.getTime()));
  const again = askAgainAt(termsOf(ctx, region ?? null, source.country), last);
  return {
    ...standing,
    askAgainAt: again > ctx.clock.now() ? new Date(again).toISOString() : null,
  };
}

/** A signal is felt on every device of the customer, and each of them says so. */
function withSignal(cluster: Cluster, own: StandingChoices): Standing {
  if (!isSignalled(cluster.choices)) return { choices: own, gpc: 'absent' };
  const whole = standingChoices(cluster);
  const choices: Partial<Record<Purpose, ChoiceState>> = { ...own };
  for (const purpose of GPC_PURPOSES) if (whole[purpose] === 'refused') choices[purpose] = 'refused';
  return { choices, gpc: 'honored' };
}
