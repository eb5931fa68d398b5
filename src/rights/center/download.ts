/** All that is held, to take along: a request for access that is fulfilled at once. */
import type { GateCtx } from '../../gate/context.ts';
import { makePackage } from '../package/make.ts';
import { stepRequest } from '../requests/step.ts';
import { askForNow } from './requests.ts';
import type { OwnSession } from './session.ts';
import { needStrength } from './strengths.ts';

/** Resolves with the ZIP. Throws `step_up_required`, and what `makePackage` throws. */
export async function downloadOwn(ctx: GateCtx, session: OwnSession, language: string): Promise<Buffer> {
  const { store, customer, strength } = session;
  needStrength(strength, 'download');
  const id = await askForNow(ctx, session, 'access');
  const actor = { type: 'job', name: 'privacy-center', store } as const;
  const zip = await makePackage(ctx, { actor, customer, evidence: { request: id }, language });
  await stepRequest(ctx, { author: { type: 'customer', store }, id, step: 'fulfil' });
  return zip;
}
