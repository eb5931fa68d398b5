/** The shapes between deciding and answering. */
import type { Purpose } from '../../contract/names.ts';
import type { Decision } from '../law/types.ts';
import type { Recorded } from '../vault/record.ts';
import type { LineRow, OrderRow } from '../vault/rows.ts';
import type { Actor } from './actor.ts';
import type { Reveal } from './conditions.ts';
import type { Evidence, Weighed } from './evidence.ts';
import type { Cluster, Gathered } from './gather.ts';

export interface OpenInput {
  readonly actor: Actor;
  readonly customer: string;
  readonly purpose: Purpose;
  /** Names of fields; absent: all that are there. */
  readonly fields?: readonly string[];
  readonly evidence: Evidence | null;
  /** Asks for the named fields themselves; for persons alone. */
  readonly reveal?: Reveal;
}

/** A decision that is recorded and committed; what may now be decrypted. */
export interface Decided {
  readonly input: OpenInput;
  readonly cluster: Cluster;
  readonly gathered: Gathered;
  readonly weighed: Weighed;
  readonly decision: Decision;
  readonly orders: readonly OrderRow[];
  readonly lines: readonly LineRow[];
  readonly recorded: Recorded;
}
