/** Who else could be the second person. */
import type { Tx } from '../platform/ports.ts';

/** How many people of the store besides `person` may approve and review now: active, as privacy officer or security. */
export type CountApprovers = (tx: Tx, store: string, person: string) => Promise<number>;
