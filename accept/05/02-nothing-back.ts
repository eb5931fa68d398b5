/**
 * A customer asks to be erased, and it is acknowledged. Then late events, replays, an import and merges; then yesterday's
 * backup is restored over the database, and all of it comes again. Nothing comes back, by no way of reading.
 */
import { join } from 'node:path';
import { returns } from '../01/07-erasure.ts';
import { GONE, type Here, history, nothingLeft, reading } from '../01/erased.ts';
import { Faults, inFolder, onPostgres } from '../01/faults.ts';
import { ask, command, eraseTogether, find, makeShop, send, serve } from '../01/shop.ts';
import type { AcceptLine } from '../line.ts';

export const line: AcceptLine = {
  issue: 5,
  number: 2,
  // Lines 6 and 7 of issue 1 go these ways in a quick run, one by one.
  quick: false,
  title: 'After an erasure by request nothing comes back: events, replays, imports, merges, a restore',
  run: ({ log }) =>
    onPostgres((where) =>
      inFolder(async (vault) => {
        const faults = new Faults(log);
        const shop = await makeShop(where);
        const server = await serve(where);
        const batch = history();
        await send(server.url, shop.writeKeys.server, batch);
        const officer = shop.apiKeys.privacyOfficer as string;
        const asking = { purpose: 'customer-service', evidence: { reason: 'acceptance' } };
        const identifier = { kind: 'email', value: GONE.email };
        const [found] = await find(server.url, officer, identifier, asking);
        if (found === undefined) throw new Error('the customer is not there to begin with');
        const here: Here = { url: server.url, shop, where, faults, id: found.id };
        const before = await reading(here, found.id);
        faults.check(
          before.some(({ text }) => text.includes('Wilhelmine')),
          'before the erasure there is a name to read',
        );
        const kept = join(vault, 'yesterday');
        const files = ['--data', `${kept}.data`, '--keys', `${kept}.keys`];
        await command(['backup', ...files], where);
        const erased = await eraseTogether(server.url, shop.apiKeys, found.id);
        faults.equal(erased.status, 200, 'the erasure is acknowledged');

        let readings = await everyWay(here, batch, 'after the erasure', log);
        await server.stop();
        const { stdout } = await command(['restore', ...files, '--force', '--json'], where);
        faults.check(
          (JSON.parse(stdout) as { erasures: number }).erasures >= 1,
          'the restore replays the erasure',
        );
        const again = await serve(where);
        const later = { ...here, url: again.url };
        readings += await everyWay(later, batch, 'after the restore', log);
        await requestIsOver(later);
        const verified = await command(['verify', '--url', again.url, '--json'], where);
        faults.equal((JSON.parse(verified.stdout) as { ok: boolean }).ok, true, 'the ledger holds');
        return faults.verdict(
          `${readings} answers, before and after the restore of yesterday's backup: nothing`,
        );
      }),
    ),
};

async function everyWay(
  here: Here,
  batch: ReturnType<typeof history>,
  when: string,
  log: (message: string) => void,
): Promise<number> {
  let readings = await nothingLeft(here, when);
  for (const [what, attempt] of returns(here, batch)) {
    await attempt();
    readings += await nothingLeft(here, `${when}, ${what}`);
  }
  log(`${when}: ${readings} answers, nothing came back`);
  return readings;
}

/** Also after the restore nobody can ask for the erased customer anew. */
async function requestIsOver({ url, shop, faults, id }: Here): Promise<void> {
  const body = { customer: id, kind: 'access', channel: 'letter' };
  const { status } = await ask(`${url}/api/requests`, shop.apiKeys.support as string, body);
  faults.check(status >= 400 && status < 500, `a request of the erased customer is answered ${status}`);
}
