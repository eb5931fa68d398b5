/** The shapes between deciding and answering. */
import type { Purpose } from '../../contract/names.ts';
import type { Decision } from '../law/types.ts';
import type { Opener } from '../vault/read.ts';
import type { Recorded } from '../vault/record.ts';
import type { FieldRow, LineRow, OrderRow } from '../vault/rows.ts';
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

/** What the answer to a decision is made with. */
export interface Answering {
  readonly opener: Opener;
  readonly best: ReadonlyMap<number, FieldRow>;
  /** By number of the field: decrypts its value. Each can be called once. */
  readonly readied: Map<number, () => unknown>;
}

/** A decision that may not be recorded yet: nothing of it may be decrypted. */
export interface Deciding {
  readonly input: OpenInput;
  readonly cluster: Cluster;
  readonly gathered: Gathered;
  readonly weighed: Weighed;
  readonly decision: Decision;
}

/** A decision that is recorded and committed; what may now be decrypted. */
export interface Decided extends Deciding {
  readonly orders: readonly OrderRow[];
  readonly lines: readonly LineRow[];
  readonly recorded: Recorded;
  /** Made ready while the entry was being committed; null where it was not. */
  readonly answering: Answering | null;
}
