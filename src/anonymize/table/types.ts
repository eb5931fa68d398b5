/** What the engine for tables works on: coded columns, distinct tuples, and what must hold for a class. */

/** A generalization hierarchy, read or built: a tree over the values of one column. */
export interface Hierarchy {
  readonly column: string;
  /** Leaves of the tree, values that the table does not hold included. */
  readonly leaves: number;
  /** Level 0 is the value itself; the last level is one root. */
  readonly levels: number;
  /** Position of a value among the leaves. */
  readonly index: ReadonlyMap<string, number>;
  /** Per level and leaf: the number of its node among the nodes of that level. */
  readonly nodeOf: readonly Uint32Array[];
  /** Per level and node: how it is written. */
  readonly labels: readonly (readonly string[])[];
  /** Per level and node: leaves below it. */
  readonly size: readonly Uint32Array[];
}

/** Rows as numbers: per column the values that occur, and per row which of them stands there. */
export interface CodedColumn {
  readonly name: string;
  readonly values: readonly string[];
  /** Per row, an index into `values`. */
  readonly codes: Uint32Array;
}

/** ℓ-diversity of a class (Machanavajjhala et al. 2007). */
export type Diversity =
  | { readonly kind: 'distinct'; readonly l: number }
  | { readonly kind: 'entropy'; readonly l: number }
  | { readonly kind: 'recursive'; readonly c: number; readonly l: number };

/** t-closeness of a class (Li, Li, Venkatasubramanian 2007). */
export interface Closeness {
  /** `ordered`: the values stand on a line, in the order of numbers or else of their code points. */
  readonly distance: 'equal' | 'ordered';
  readonly t: number;
}

/** δ-presence (Nergiz, Atzori, Clifton 2007): how likely it is that someone of the population is in the table. */
export interface Presence {
  readonly min: number;
  readonly max: number;
}

/** What every class of a release must fulfil. Criteria that are absent are not asked for. */
export interface Criteria {
  readonly k: number;
  readonly diversity?: Diversity;
  readonly closeness?: Closeness;
  /** A class must match at least so many people of the population. */
  readonly kMap?: number;
  readonly presence?: Presence;
}
