/** Defining and retiring tags: for the privacy officer alone, so that nobody invents a class of customers on the way. */
import type { Purpose } from '../../../contract/names.ts';
import type { Caller } from '../../gate/actor.ts';
import type { GateCtx } from '../../gate/context.ts';
import { recordDefinition } from '../../gate/record-definition.ts';
import { needTrained } from '../../gate/watchers.ts';
import { BaileeError } from '../../platform/errors.ts';
import { retireTag, type TagRow, type TagRuleRow, writeTag } from '../../vault/tags.ts';
import { namesSomebody, sensitiveKind } from './sensitive.ts';

export interface DefineTag {
  readonly actor: Caller;
  readonly name: string;
  /** In plain words. */
  readonly meaning: string;
  /** Null: people give it by hand. */
  readonly rule: TagRuleRow | null;
  readonly purposes: readonly Purpose[];
  /** Days until it ends by itself. */
  readonly days: number;
}

/**
 * Throws `forbidden` for other roles, `training_required`, `invalid_body` for a tag that states something sensitive
 * or names somebody, `conflict` when the store has one of this name.
 */
export async function defineTag(ctx: GateCtx, input: DefineTag): Promise<{ readonly id: string }> {
  const { actor, rule, days } = input;
  needOfficer(actor);
  const name = input.name.trim();
  const meaning = input.meaning.trim();
  needHarmless(name, '/name');
  needHarmless(meaning, '/meaning');
  const row: TagRow = {
    id: ctx.random.id(),
    store_id: actor.store,
    name,
    meaning,
    rule,
    purposes: [...new Set(input.purposes)],
    days,
    defined_at: new Date(ctx.clock.now()),
  };
  await ctx.db.transaction(async (tx) => {
    await needTrained(ctx, tx, actor);
    if (!(await writeTag(tx, row, actor.id)))
      throw new BaileeError('conflict', 'The store has a tag of this name.');
    const details = { step: 'defined', subject: row.id, purposes: row.purposes, days };
    await recordDefinition(ctx, tx, { kind: 'tag-definition', actor, details });
  });
  return { id: row.id };
}

/** It is taken from everybody who has it. Throws `forbidden`, `training_required`, `not_found`. */
export async function retire(
  ctx: GateCtx,
  { actor, id }: { readonly actor: Caller; readonly id: string },
): Promise<void> {
  needOfficer(actor);
  await ctx.db.transaction(async (tx) => {
    await needTrained(ctx, tx, actor);
    if (!(await retireTag(tx, actor.store, id, new Date(ctx.clock.now()))))
      throw new BaileeError('not_found', 'There is no such tag in this store.');
    await recordDefinition(ctx, tx, {
      kind: 'tag-definition',
      actor,
      details: { step: 'retired', subject: id },
    });
  });
}

function needOfficer({ role }: Caller): void {
  if (role !== 'privacy-officer')
    throw new BaileeError('forbidden', 'Only the privacy officer defines and retires tags.');
}

function needHarmless(text: string, path: string): void {
  if (text === '' || !text.isWellFormed())
    throw new BaileeError('invalid_body', 'A tag has a name and says what it means.', { path });
  const kind = sensitiveKind(text);
  if (kind !== null)
    throw new BaileeError('invalid_body', `A tag must not tell of ${kind}. Use other words, or no tag.`, {
      path,
      kind,
    });
  if (namesSomebody(text))
    throw new BaileeError('invalid_body', 'A tag is for many customers, so it holds no personal data.', {
      path,
    });
}
