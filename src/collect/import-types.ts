/** What the steps of storing a chunk hand to each other. */
import type { GateCtx } from '../gate/context.ts';
import type { KeyRing } from '../keys/ring.ts';
import type { Found } from '../vault/identify.ts';
import type { NewCustomer, NewValue } from '../vault/write.ts';
import type { NewLine, NewOrder } from '../vault/write-orders.ts';
import type { Counts } from './counts.ts';
import type { Bound, BoundOrderLines } from './import-bind.ts';
import type { ImportRow, RowFault } from './import-read.ts';
import type { Names, People, Person } from './people.ts';
import type { Source } from './types.ts';

/** What became of rows; every row is in exactly one of the counts. */
export interface Outcome {
  stored: number;
  duplicates: number;
  /** By code. */
  readonly quarantined: Record<string, number>;
  /** By reason. */
  readonly notCollected: Record<string, number>;
}

export interface Chunk {
  readonly source: Source;
  readonly bound: Bound;
  readonly rows: readonly ImportRow[];
  /** Number of the first row in the file, from 1. */
  readonly first: number;
  /** UTC milliseconds. */
  readonly receivedAt: number;
  readonly counts: Counts;
}

/** Where an order's lines go. */
export interface Place {
  readonly customer: string;
  readonly target: string;
  readonly owner: Person;
}

export interface Sorting {
  readonly ctx: GateCtx;
  readonly chunk: Chunk;
  readonly target: BoundOrderLines;
  readonly names: Names;
  readonly people: People;
  readonly found: ReadonlyMap<string, Found>;
  readonly halted: ReadonlySet<string>;
  readonly ring: KeyRing;
  readonly places: Map<string, Place>;
  readonly guests: NewCustomer[];
  readonly orders: NewOrder[];
  readonly lines: NewLine[];
  readonly values: NewValue[];
  readonly faults: { readonly row: ImportRow; readonly line: number; readonly fault: RowFault }[];
  readonly outcome: Outcome;
}
