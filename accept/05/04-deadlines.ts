/** Days worked out by hand against the days that a running server names, with the packs in force. */
import { Faults, inFolder } from '../01/faults.ts';
import { ask, makeShop, serve } from '../01/shop.ts';
import type { AcceptLine } from '../line.ts';
import { stopAll } from '../server.ts';
import { DEADLINE_CASES, type DeadlineCase } from './deadline-cases.ts';

const LEAST = 150;

export const line: AcceptLine = {
  issue: 5,
  number: 4,
  title: 'Deadlines over all packs: month ends, leap years, business days, waiting, extensions, time zones',
  run: async ({ log }) =>
    inFolder(async (dataFolder) => {
      const faults = new Faults(log);
      try {
        const shop = await makeShop({ dataFolder });
        const { url } = await serve({ dataFolder }, { env: { BAILEE_LAW: 'bailee' } });
        const key = shop.apiKeys.privacyOfficer!;
        for (const each of DEADLINE_CASES) {
          const answer = await ask(`${url}/api/requests/deadline?${queryOf(each)}`, key);
          const { dueOn } = (answer.body ?? {}) as { dueOn?: string };
          faults.equal(
            dueOn,
            each.due,
            `${each.why}: ${each.kind} of ${each.customer ?? 'nowhere'}, ${each.received}`,
          );
        }
        faults.check(DEADLINE_CASES.length >= LEAST, `there are ${LEAST} cases at least`);
        const laws = new Set(DEADLINE_CASES.map(({ customer, store }) => `${customer} ${store}`)).size;
        return faults.verdict(`${DEADLINE_CASES.length} days, ${laws} pairs of places`);
      } finally {
        await stopAll();
      }
    }),
};

function queryOf({
  kind,
  customer,
  store,
  received,
  zone,
  extended,
  waited,
  holidays,
}: DeadlineCase): URLSearchParams {
  return new URLSearchParams({
    kind,
    received,
    ...(customer === null ? {} : { customer }),
    ...(store === null ? {} : { store }),
    ...(zone === undefined ? {} : { zone }),
    ...(extended === undefined ? {} : { extended: String(extended) }),
    ...(waited === undefined ? {} : { waited: String(waited) }),
    ...(holidays === undefined ? {} : { holidays: holidays.join(',') }),
  });
}
