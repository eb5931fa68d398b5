/** Where customers live, as coarsely as the law needs it; no address is read here. */
import type { Tx } from '../platform/ports.ts';

export interface Place {
  /** ISO 3166-1 or -2; null: not known. */
  readonly region: string | null;
  /** ISO 3166-1 of the store's establishment. */
  readonly country: string | null;
}

/** By customer id; those that do not exist are not in the answer. */
export async function readPlaces(tx: Tx, customers: readonly string[]): Promise<ReadonlyMap<string, Place>> {
  const { rows } = await tx.query<Place & { id: string }>({
    name: 'read_places',
    text: `SELECT c.id, c.region, s.country FROM bailee.customer c JOIN bailee.store s ON s.id = c.store_id
           WHERE c.id = ANY ($1)`,
    values: [customers],
  });
  return new Map(rows.map(({ id, region, country }) => [id, { region, country }]));
}
