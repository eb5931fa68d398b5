/** Sealed rows as the tables hold them. */
export interface FieldRow {
  readonly customer_id: string;
  readonly field_id: number;
  readonly source: number;
  readonly row_version: number;
  readonly sealed: Buffer;
  readonly occurred_at: Date;
}

export type OrderState = 'placed' | 'updated' | 'refunded' | 'cancelled';

export interface OrderRow {
  readonly customer_id: string;
  readonly id: string;
  readonly state: OrderState;
  readonly row_version: number;
  readonly sealed: Buffer;
  readonly party: Buffer | null;
  readonly occurred_at: Date;
}

export interface LineRow {
  readonly customer_id: string;
  readonly order_id: string;
  readonly line_key: Buffer;
  readonly sealed: Buffer;
  readonly occurred_at: Date;
}

export interface CaseRow {
  readonly customer_id: string;
  readonly id: string;
  readonly order_id: string | null;
  readonly state: 'open' | 'closed';
  readonly row_version: number;
  readonly sealed: Buffer;
  readonly occurred_at: Date;
}

export interface EventRow {
  readonly customer_id: string;
  readonly id: string;
  readonly event_id: number;
  readonly class: number;
  readonly sealed: Buffer;
  readonly occurred_at: Date;
  readonly received_at: Date;
}

export interface IdentifierRow {
  readonly customer_id: string;
  readonly id: string;
  readonly kind: number;
  readonly verified: boolean;
  readonly row_version: number;
  readonly sealed: Buffer;
}
