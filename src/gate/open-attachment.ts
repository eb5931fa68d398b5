/** Opening what came with a message of a case: recorded like a reading of the case, with the case as evidence. */
import { COLUMNS } from '../keys/columns.ts';
import { BaileeError } from '../platform/errors.ts';
import { openAttachment } from '../vault/read.ts';
import { readAttachmentContent } from '../vault/sql.ts';
import { openerFor } from './answer.ts';
import type { GateCtx } from './context.ts';
import { needClean } from './need-clean.ts';
import { type ReadCaseInput, takeCase } from './read-case.ts';

/**
 * Resolves with the bytes as they came. Throws `forbidden` for a role that sees texts of cases masked or not at all (the
 * try is recorded), and what `readCase` throws; `not_found` also for an attachment that the case does
 * not have; `attachment_infected`, `scan_unavailable` where a scanner is set.
 */
export async function openCaseAttachment(
  ctx: GateCtx,
  input: ReadCaseInput & { readonly attachment: string },
): Promise<Buffer> {
  const { attachment: id, actor } = input;
  const taken = await takeCase(ctx, input, async (tx, { customer_id: customer, id: of }) => {
    const sealed = await readAttachmentContent(tx, { customer, case: of, id });
    if (sealed === null) throw new BaileeError('not_found', 'This case has no such attachment.');
    return { customer, id, sealed };
  });
  if (taken.files !== 'revealed')
    throw new BaileeError('forbidden', 'Your role may not see what was sent with this case.');
  const opener = openerFor(ctx, actor.store, taken, [COLUMNS.attachment]);
  const content = openAttachment(opener, taken.more);
  if (typeof content !== 'string')
    throw new BaileeError('key_shredded', 'Nothing is kept of this attachment.');
  const bytes = Buffer.from(content, 'base64');
  await needClean(ctx, bytes);
  ctx.metrics.openings.inc({ purpose: 'customer-service', result: 'attachment' });
  return bytes;
}
