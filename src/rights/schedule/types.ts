/** The shapes of the schedule. */
import type { RecordKind, RetentionSetting } from '../../../contract/retention.ts';
import type { Fact, Span } from '../../law/facts.ts';
import type { KindRule } from './kinds.ts';

/** A time that a law names, with the fact behind it. */
export interface Term {
  readonly span: Span;
  /** The event from which it runs, in the words of the pack. */
  readonly from: string;
  readonly fact: Fact;
}

export interface ScheduleLine extends Pick<KindRule, 'ending' | 'anchor'> {
  readonly kind: RecordKind;
  readonly fields: readonly string[];
  readonly events: readonly string[];
  /** Must be kept so long. */
  readonly least: readonly Term[];
  /** Must be gone after so long. */
  readonly most: readonly Term[];
  /** Null: each row has a date of its own, or goes with its customer. */
  readonly set: RetentionSetting | null;
  readonly setBy: 'store' | 'bailee';
  readonly refused: string | null;
  readonly conflict: string | null;
  readonly warnHours: number | null;
}

export interface Schedule {
  readonly region: string | null;
  readonly regimes: readonly string[];
  readonly lines: readonly ScheduleLine[];
}
