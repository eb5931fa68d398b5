/** A new canned answer: the shop's own words, of no customer, and so in the open. */
import { withoutCards } from '../../collect/cards.ts';
import { withoutSecrets } from '../../collect/read-text.ts';
import type { Actor } from '../../gate/actor.ts';
import type { GateCtx } from '../../gate/context.ts';
import { BaileeError } from '../../platform/errors.ts';
import { recordStaff } from '../../staff/record.ts';
import { workingPerson } from '../roles.ts';
import { addCanned, type CannedRow } from '../sql.ts';

export interface AddCanned {
  readonly actor: Actor;
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
  readonly words: string;
}

/** Card numbers and secrets are cut out. Throws `invalid_body` for blanks or a language that is none, `forbidden`. */
export async function addCannedAnswer(ctx: GateCtx, input: AddCanned): Promise<CannedRow> {
  const { id: by, store } = workingPerson(input.actor);
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(input.language))
    throw new BaileeError('invalid_body', 'language is a tag such as en or zh-CN.', { path: '/language' });
  const row = {
    id: ctx.random.id(),
    title: clean(input.title, '/title'),
    language: input.language,
    words: clean(input.words, '/text'),
  };
  await ctx.db.transaction(async (tx) => {
    await addCanned(tx, { ...row, store, by, at: new Date(ctx.clock.now()) });
    await recordStaff(ctx, tx, { store, person: by, step: 'canned-added', details: { answer: row.id } });
  });
  return row;
}

function clean(text: string, path: string): string {
  const whole = withoutSecrets(withoutCards(text.toWellFormed().replaceAll('\u0000', '\ufffd').trim()));
  if (whole === '') throw new BaileeError('invalid_body', 'Write something.', { path });
  return whole;
}
