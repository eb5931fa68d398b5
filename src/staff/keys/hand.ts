/** Whose hand an id is: a key is the hand of the person who made it; one that nobody made is its own. */
import type { Tx } from '../../platform/ports.ts';

/** `id`: of a person or an API key. Two keys of one maker are one hand. */
export async function handOf(tx: Tx, id: string): Promise<string> {
  const { rows } = await tx.query<{ made_by: string | null }>({
    name: 'key_hand',
    text: 'SELECT made_by FROM bailee.api_key WHERE id = $1',
    values: [id],
  });
  return rows[0]?.made_by ?? id;
}
