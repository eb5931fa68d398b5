/** What the gate and the rooms above it need besides the ports: the catalog in force and the rules in force. */
import type { Catalog } from '../catalog/types.ts';
import type { Policy } from '../law/types.ts';
import type { Ctx } from '../platform/ports.ts';

export interface GateCtx extends Ctx {
  readonly catalog: Catalog;
  /** Number of `catalog` in `bailee.catalog_version`. */
  readonly catalogVersion: number;
  readonly policy: Policy;
}
