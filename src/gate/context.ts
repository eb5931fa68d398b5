/** What the gate and the rooms above it need besides the ports: the catalog in force and the rules in force. */

import type { Purpose } from '../../contract/names.ts';
import type { Catalog } from '../catalog/types.ts';
import type { LawBook } from '../law/law-book.ts';
import type { Policy } from '../law/types.ts';
import type { Ctx } from '../platform/ports.ts';

export interface GateCtx extends Ctx {
  readonly catalog: Catalog;
  /** Number of `catalog` in `bailee.catalog_version`. */
  readonly catalogVersion: number;
  readonly policy: Policy;
  /** The packs in force; absent: the built-in rules hold for everyone. */
  readonly law?: LawInForce;
}

export interface LawInForce {
  /** May be replaced by a reload; a faulty pack leaves what was. */
  readonly book: () => LawBook;
  /** Purposes with a balancing record, and the day until which it is current. */
  readonly balancing: ReadonlyMap<Purpose, string>;
  /** Reads the packs again. Throws `invalid_pack` when one is faulty, and those in force stay. */
  readonly reload: () => void;
}
