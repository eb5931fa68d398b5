/** Where something of an erased customer could still lie or be told: on the disk, in dumps and logs, in answers. */
import { join } from 'node:path';
import {
  dumpOf,
  filesOf,
  outsideOf,
  type Place,
  type Position,
  rawPostgres,
  tablesOf,
} from '../01/places.ts';
import { ask, command, type Shop, type Where } from '../01/shop.ts';

export interface Erased {
  readonly where: Where & { readonly databaseUrl: string };
  /** Where PostgreSQL stood before the customer came. */
  readonly position: Position;
  readonly url: string;
  readonly shop: Shop;
  /** All that the server wrote. */
  readonly said: () => string;
  /** For a backup. */
  readonly folder: string;
  readonly log: (message: string) => void;
}

/** Tables with the queue's own, indexes and other files of the database, WAL, dumps, backups, logs, metrics, ledger. */
export async function* everywhere(erased: Erased): AsyncGenerator<Place> {
  const { where, position, url, shop, said, folder, log } = erased;
  yield* await outsideOf(url, shop.apiKeys.administrator as string);
  yield { name: 'logs', bytes: Buffer.from(said()) };
  const kept = join(folder, 'after');
  const { code } = await command(['backup', '--data', `${kept}.data`, '--keys', `${kept}.keys`], where);
  if (code !== 0) throw new Error(`a backup ended with ${code}`);
  for (const file of [`${kept}.data`, `${kept}.keys`]) yield* filesOf('backup', file);
  yield* filesOf('data folder', where.dataFolder);
  yield* tablesOf(where.databaseUrl);
  yield* rawPostgres(where.databaseUrl, position);
  yield* await dumpOf(where.databaseUrl, log);
}

/** What the shop's people and machines get when they ask for the customer by id and by every name. */
export async function answersAbout(
  { url, shop }: Pick<Erased, 'url' | 'shop'>,
  customer: string,
  names: readonly { readonly kind: string; readonly value: string }[],
): Promise<Place[]> {
  const { support, privacyOfficer } = shop.apiKeys as { support: string; privacyOfficer: string };
  const reason = { evidence: { reason: 'acceptance' } };
  const places: Place[] = [];
  const keep = (name: string, { text }: { readonly text: string }) =>
    places.push({ name, bytes: Buffer.from(text) });
  for (const purpose of ['customer-service', 'fraud-prevention', 'analytics', 'personalization']) {
    const asking = { purpose, ...reason };
    keep(`open for ${purpose}`, await ask(`${url}/api/customers/${customer}/open`, privacyOfficer, asking));
    const timeline = `${url}/api/customers/${customer}/timeline`;
    keep(`timeline for ${purpose}`, await ask(timeline, privacyOfficer, asking));
    for (const identifier of names)
      for (const key of [support, privacyOfficer])
        keep(
          `find by ${identifier.kind}`,
          await ask(`${url}/api/customers/find`, key, { identifier, ...asking }),
        );
  }
  return places;
}
