/** Everything that is held of a customer, opened: what an access package is made of. */
import type { Purpose, RetentionClass } from '../../contract/names.ts';
import type { DataKey } from '../keys/hierarchy.ts';
import type { Reason } from '../law/types.ts';
import type { Recorded } from '../vault/record.ts';
import type {
  WholeAbout,
  WholeChoice,
  WholeLink,
  WholeRequest,
  WholeRows,
  WholeTag,
} from '../vault/whole.ts';
import type { Actor } from './actor.ts';
import type { Evidence } from './evidence.ts';
import type { Cluster, Gathered } from './gather.ts';
import type { Look } from './looked.ts';

export interface WholeInput {
  readonly actor: Actor;
  readonly customer: string;
  /** `{request}`, or the privacy officer's `{reason}`. A job brings the request that it is at work on. */
  readonly evidence: Evidence | null;
}

/** `described`: it is held, and not handed out; `because` says why. */
export type Handed = 'given' | 'described';

export interface State {
  readonly state: Handed;
  readonly because: readonly Reason[];
}
/** By name of the facts. A name that is not in it was not asked for. */
export type States = ReadonlyMap<string, State>;

/** What was taken and recorded; nothing of it is opened yet. */
export interface TakenWhole {
  readonly cluster: Cluster;
  readonly gathered: Gathered;
  readonly rows: WholeRows;
  readonly states: States;
  readonly party: Whole['store'];
  readonly rowKeys: ReadonlyMap<string, DataKey>;
  readonly recorded: Recorded;
}

export interface Held {
  readonly state: Handed;
  readonly purposes: readonly Purpose[];
  readonly retention: RetentionClass;
  /** Why it is described; empty where it is given. */
  readonly because: readonly Reason[];
}

export interface WholeValue extends Held {
  readonly field: string;
  /** Null where it is described. */
  readonly value: unknown;
  /** Who told it: the shop's server, or the customer's own device. */
  readonly sources: readonly { readonly from: 'shop' | 'device'; readonly at: Date; readonly since: Date }[];
}

export interface WholeIdentifierValue {
  readonly kind: string;
  readonly value: string;
  readonly verified: boolean;
  readonly since: Date;
  readonly retention: RetentionClass;
}

export interface WholeOrder extends Held {
  readonly id: string;
  readonly at: Date;
  readonly order: unknown;
  readonly party: unknown;
}

export interface WholeFile {
  readonly name: string | null;
  readonly type: string;
  readonly bytes: number;
  readonly at: Date;
  /** What the customer sent, unless it may run; null: described. */
  readonly content: Buffer | null;
}

export interface WholeMessage {
  readonly kind: string;
  readonly at: Date;
  readonly from: 'customer' | 'shop';
  readonly text: string | null;
  readonly change: unknown;
  readonly files: readonly WholeFile[];
}

export interface WholeCaseValue extends Held {
  readonly number: number;
  readonly kind: string;
  readonly topic: string;
  readonly channel: string;
  readonly status: string;
  readonly satisfaction: number | null;
  readonly at: Date;
  readonly details: unknown;
  /** The order it is about: its place among the orders, from 1; null: none of those. */
  readonly order: number | null;
  readonly messages: readonly WholeMessage[];
}

export interface WholeEvent extends Held {
  readonly name: string;
  readonly at: Date;
  readonly received: Date;
  readonly value: unknown;
}

export interface WholeQuarantinedValue {
  readonly code: string;
  readonly received: Date;
  readonly until: Date;
  readonly value: unknown;
}

export interface Whole {
  /** Root of the customers that belong together. */
  readonly customer: string;
  readonly store: { readonly name: string; readonly country: string | null };
  readonly erased: boolean;
  readonly restricted: boolean;
  readonly about: readonly WholeAbout[];
  readonly links: readonly WholeLink[];
  readonly values: readonly WholeValue[];
  readonly identifiers: readonly WholeIdentifierValue[];
  readonly orders: readonly WholeOrder[];
  readonly cases: readonly WholeCaseValue[];
  readonly events: readonly WholeEvent[];
  readonly choices: readonly WholeChoice[];
  readonly tags: readonly WholeTag[];
  readonly openings: readonly Look[];
  readonly requests: readonly WholeRequest[];
  readonly quarantined: readonly WholeQuarantinedValue[];
  readonly opening: { readonly id: string; readonly ledgerIndex: number };
}
