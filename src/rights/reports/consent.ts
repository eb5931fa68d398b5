/** What shows that choices were asked for and kept: the versions of the notice, and how many chose. */
import { listNotices } from '../../consent/list-notices.ts';
import { consentRates } from '../../consent/rates.ts';
import type { GateCtx } from '../../gate/context.ts';
import { headOf } from './head.ts';

/** Weeks that are over; asked again and again, a running one would tell who came between. */
export async function consentReport(ctx: GateCtx, store: string) {
  const notices = await listNotices(ctx, store);
  return {
    ...(await headOf(ctx, store)),
    notices: notices.map(({ version, publishedAt, substance, languages }) => ({
      ...{ version, publishedAt, substance, languages },
    })),
    rates: await consentRates(ctx, { store, by: 'week', running: false }),
  };
}
