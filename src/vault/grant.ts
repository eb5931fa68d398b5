/** A grant: proof that the gate decided and recorded. A function that returns plaintext takes one; only the gate makes one. */
declare const granted: unique symbol;

export interface Grant {
  readonly [granted]: true;
  /** Customers whose rows it covers. */
  readonly customers: ReadonlySet<string>;
  /** Numbers of the fields and sealed columns it covers. */
  readonly fields: ReadonlySet<number>;
}

/** For the gate alone (the architecture test says so), after the entry is durable. */
export function makeGrant(customers: Iterable<string>, fields: Iterable<number>): Grant {
  return { customers: new Set(customers), fields: new Set(fields) } as unknown as Grant;
}
