/** What collecting takes and answers. */
import type { EventCode } from '../platform/errors.ts';

/** Who sends. A browser key is public: it speaks for its own device alone. */
export interface Source {
  readonly kind: 'server' | 'browser' | 'import';
  readonly store: string;
  /** Id of the write key; for imports the id of the import. */
  readonly key: string;
  /** ISO 3166-1 alpha-2 of the store, to read national phone numbers; null when unknown. */
  readonly country: string | null;
  /** The browser sends Global Privacy Control with this request. */
  readonly gpc?: boolean;
}

/** A batch as it came in: Segment messages, unchecked. */
export interface Batch {
  readonly events: readonly unknown[];
  /** The sender's clock when it sent the batch, if it said so; any value. */
  readonly sentAt?: unknown;
  /** Batch-level `context` and `integrations` merge into the items that lack them. */
  readonly context?: unknown;
}

export interface QuarantinedItem {
  readonly index: number;
  readonly messageId: string | null;
  readonly code: EventCode;
  readonly message: string;
}

/** Every event of a batch is in exactly one of the counts. */
export interface Collected {
  /** Stored, or stored before under the same messageId. */
  readonly accepted: number;
  /** Not stored because no purpose was open, the event is not declared, or its customer was erased. Counted by name. */
  readonly notCollected: number;
  readonly quarantined: readonly QuarantinedItem[];
}
