/** What erasing takes and answers. */
import type { RetentionClass } from '../../contract/names.ts';
import type { Actor } from '../gate/actor.ts';
import type { Evidence } from '../gate/evidence.ts';
import type { Receipt } from '../ledger/receipt.ts';

/** Who orders an erasure; the operator by the command line, on the machine of the server. */
export type Orderer = Actor | { readonly type: 'operator' };

export interface EraseInput {
  readonly actor: Orderer;
  readonly customer: string;
  readonly evidence: Evidence | null;
}

export interface Erased {
  /** Id of the erasure. */
  readonly erasure: string;
  /** Ids of the customers that belonged together and went together. */
  readonly customers: readonly string[];
  readonly erased: readonly RetentionClass[];
  readonly kept: readonly {
    readonly class: RetentionClass;
    readonly purpose: 'legal-duty';
    readonly because: string;
  }[];
  /** When copies of the keys in older backups die, in a sentence. */
  readonly keyBackups: string;
  readonly receipt: Receipt;
}
