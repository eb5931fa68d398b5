/** What a customer agreed to and refused: as it stands, as it came about, and changed by their own hand. */
import type { Purpose } from '../../../contract/names.ts';
import { OPTIONAL_PURPOSES, RETENTION_CLASSES } from '../../../contract/names.ts';
import { changesOf, contextOf } from '../../collect/choice-request.ts';
import { currentNotice, type Notice } from '../../consent/notice.ts';
import { consentReceipt } from '../../consent/receipt.ts';
import {
  type ChoiceChange,
  type ChoiceContext,
  recordChoices,
  recordedBefore,
} from '../../consent/record.ts';
import { readSettings } from '../../consent/settings.ts';
import { isSignalled } from '../../consent/signal.ts';
import { allTexts } from '../../consent/texts.ts';
import { needPresent } from '../../gate/at-work.ts';
import type { GateCtx } from '../../gate/context.ts';
import { clusterOf, gather, standingChoices } from '../../gate/gather.ts';
import { ownChoices } from '../../gate/own/own-choices.ts';
import { ownReceipt } from '../../gate/own/own-receipt.ts';
import { makeMissing } from '../../keys/ring.ts';
import { BaileeError } from '../../platform/errors.ts';
import type { Transaction } from '../../platform/ports.ts';
import type { Recorded } from '../../vault/record.ts';
import { type PageAsked, pageText } from './held.ts';
import type { OwnSession } from './session.ts';
import { needStrength } from './strengths.ts';

/** `language`: BCP 47; null: English. */
export async function showChoices(
  ctx: GateCtx,
  session: OwnSession,
  { language, ...page }: PageAsked & { readonly language: string | null },
) {
  const { store, customer } = session;
  const notice = await currentNotice(ctx, store, language);
  const { cluster, rows, after } = await ownChoices(ctx, { store, customer, ...page });
  const standing = standingChoices(cluster);
  return {
    purposes: namesOf(notice).map((each) => ({ ...each, state: standing[each.purpose] ?? null })),
    notice: { version: notice.version, language: notice.language },
    gpc: isSignalled(cluster.choices) ? ('honored' as const) : ('absent' as const),
    history: rows.map((row) => ({
      ...{ id: row.id, purpose: row.purpose, channel: row.channel, recipient: row.recipient },
      ...{ how: row.how, place: row.place },
      state: row.state === 'granted' ? ('granted' as const) : ('refused' as const),
      at: row.received_at.toISOString(),
      until: row.expires_at?.toISOString() ?? null,
      ledgerIndex: row.ledger_index === null ? null : Number(row.ledger_index),
    })),
    after: pageText(after),
  };
}

/** As the store's notice says it; what it does not ask for, in the words of the language. */
function namesOf({ purposes, language }: Notice) {
  const asked = new Map(purposes.map((each) => [each.purpose, each]));
  const words = allTexts().get(language)?.purposes ?? {};
  const order = [...asked.keys(), ...OPTIONAL_PURPOSES.filter((name) => !asked.has(name))];
  return order.map((purpose) => {
    const { name = purpose, description = '' } = asked.get(purpose) ?? words[purpose] ?? {};
    return { purpose, name, description };
  });
}

export interface ChooseOwn {
  readonly choices: Readonly<Record<string, boolean>>;
  readonly notice?: { readonly version: number; readonly language: string };
  /** UUID: the same one counts once. */
  readonly id?: string;
  /** The browser sends Global Privacy Control. */
  readonly gpc: boolean;
}

/**
 * Records choices, and answers what stands with the signed receipt. A no is taken from every sign-in. Throws
 * `step_up_required`, `invalid_purpose`, `notice_outdated`, `already_erased`.
 */
export async function chooseOwn(ctx: GateCtx, session: OwnSession, input: ChooseOwn) {
  const changes = changesOf(input);
  await needMay(ctx, session, changes);
  const context = await contextFor(ctx, session, input, changes);
  const { standing, recorded, again } = await ctx.db.transaction((tx) =>
    write(ctx, tx, session, { input, changes, context }),
  );
  const index = recorded?.index ?? again;
  return {
    choices: standing,
    ...(index === null ? {} : { ledgerIndex: index }),
    ...(recorded === null
      ? {}
      : { receipt: await consentReceipt(ctx, { ...recorded, index: recorded.index! }) }),
  };
}

/** On which text and which law they were made. */
async function contextFor(
  ctx: GateCtx,
  { store, customer }: OwnSession,
  { choices, notice, id }: ChooseOwn,
  changes: readonly ChoiceChange[],
): Promise<ChoiceContext> {
  const gathered = await ctx.db.transaction((tx) => gather(ctx, tx, [customer], []));
  const { rows } = clusterOf(gathered, customer, store);
  const region = rows.find((row) => row.region !== null)?.region ?? null;
  const country = rows[0]?.country ?? null;
  const request = {
    choices,
    place: 'privacy-center',
    ...(notice === undefined ? {} : { notice }),
    ...(id === undefined ? {} : { id }),
    ...(region === null ? {} : { region }),
  };
  const source = { kind: 'server', store, key: 'privacy-center', country } as const;
  return contextOf(ctx, source, request, changes);
}

/** News by e-mail is confirmed by the mailbox where the store asks for that: a code from it is such a proof. */
async function needMay(ctx: GateCtx, { store, strength }: OwnSession, changes: readonly ChoiceChange[]) {
  const granted = changes.filter(({ state }) => state === 'granted').map(({ purpose }) => purpose);
  needStrength(strength, granted.length > 0 ? 'choose' : 'refuse');
  if (strength === 'code' || !granted.includes('marketing-email') || ctx.config.smtpUrl === null) return;
  if (!(await readSettings(ctx.db, store)).doubleOptIn) return;
  throw new BaileeError(
    'step_up_required',
    'News by e-mail has to be confirmed from the mailbox: sign in with a code that is sent to it.',
    { needs: 'code' },
  );
}

interface Wrote {
  readonly standing: Partial<Record<Purpose, string>>;
  readonly recorded: Recorded | null;
  /** Index of the same request, taken before. */
  readonly again: number | null;
}

interface Writing {
  readonly input: ChooseOwn;
  readonly changes: readonly ChoiceChange[];
  readonly context: ChoiceContext;
}

async function write(
  ctx: GateCtx,
  tx: Transaction,
  { store, customer }: OwnSession,
  { input, changes, context }: Writing,
): Promise<Wrote> {
  const gathered = await gather(ctx, tx, [customer], [], 'update');
  const cluster = clusterOf(gathered, customer, store);
  needPresent({ cluster });
  const before = standingChoices(cluster);
  const sent = input.id?.toLowerCase();
  const taken = sent === undefined ? null : await recordedBefore(tx, [...cluster.members], sent);
  if (taken !== null) return { standing: before, recorded: null, again: taken.index };
  // On a text that was read, every answer is proof; without one, only what differs from what stands is news.
  const news = changes.filter(
    ({ purpose, state }) => input.notice !== undefined || before[purpose] !== state,
  );
  if (news.length === 0) return { standing: before, recorded: null, again: null };
  const withdraws = news
    .filter(({ purpose, state }) => state === 'refused' && before[purpose] === 'granted')
    .map(({ purpose }) => purpose);
  const { root } = cluster;
  await makeMissing(ctx, tx, gathered.ring, [{ customer: root, class: RETENTION_CLASSES.service }]);
  const [recorded] = await recordChoices(ctx, tx, store, gathered.ring, [
    {
      customer: root,
      changes: news,
      how: 'chosen',
      occurredAt: ctx.clock.now(),
      context: withdraws.length === 0 ? context : { ...context, withdraws },
    },
  ]);
  const after = Object.fromEntries(news.map(({ purpose, state }) => [purpose, state]));
  return { standing: { ...before, ...after }, recorded: recorded!, again: null };
}

/** The signed receipt of a choice that was made before. Throws `step_up_required`, `not_found`. */
export async function receiptOf(ctx: GateCtx, { store, customer, strength }: OwnSession, choice: string) {
  needStrength(strength, 'see');
  const proved = await ownReceipt(ctx, { store, customer, strength, choice });
  return { receipt: await consentReceipt(ctx, proved) };
}
