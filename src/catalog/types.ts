/** The shapes of the catalog: what is declared may be stored; what is not is only counted. */
import type {
  DataClass,
  IdentifierKind,
  MaskKind,
  Purpose,
  RetentionClass,
  Sensitivity,
} from '../../contract/names.ts';

/** How directly a field points to a person. */
export type Identifiability = 'direct' | 'indirect' | 'none';

export interface Field {
  /** Immutable number; part of the associated data of every sealed value. Names may change, numbers never. */
  readonly id: number;
  /** Dotted, class first: `contact.email`. */
  readonly name: string;
  readonly class: DataClass;
  readonly sensitivity: Sensitivity;
  readonly identifiability: Identifiability;
  readonly purposes: readonly Purpose[];
  readonly retention: RetentionClass;
  readonly mask: MaskKind;
  readonly type: 'string' | 'number' | 'boolean' | 'date' | 'object' | 'array';
  /** Longest accepted string, in UTF-16 units. */
  readonly maxLength: number;
  /** Of an object: the declared members. An object keeps nothing else. */
  readonly members?: readonly EventProperty[];
  /** Trait names of the Segment specification that map onto this field. */
  readonly traits: readonly string[];
  /** Set when the value identifies its customer and gets a blind index. */
  readonly identifier?: IdentifierKind;
  /** W3C DPV personal-data concept, e.g. `https://w3id.org/dpv/pd#EmailAddress`. */
  readonly dpv: string;
}

export interface EventProperty {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean' | 'date' | 'object' | 'array';
  readonly maxLength: number;
  readonly sensitivity: Sensitivity;
  /** Free text: sealed, and shown to nobody masked until `detect` has read it. */
  readonly freeText: boolean;
  /** For arrays and objects: the declared members. */
  readonly members?: readonly EventProperty[];
}

export interface EventDefinition {
  readonly id: number;
  /** As the client sends it: `Product Viewed`. Page and screen calls are `page` and `screen`. */
  readonly name: string;
  readonly class: DataClass;
  readonly purposes: readonly Purpose[];
  readonly retention: RetentionClass;
  readonly sensitivity: Sensitivity;
  readonly properties: readonly EventProperty[];
  /** What the event makes beside itself. */
  readonly makes?: 'order' | 'case' | 'choice';
  /** For `makes: order|case`: the state it moves to. */
  readonly state?: string;
  readonly dpv: string;
}

export interface Catalog {
  /** SHA-256 (hex) of the canonical document. */
  readonly hash: string;
  readonly fields: readonly Field[];
  readonly events: readonly EventDefinition[];
  readonly fieldByName: ReadonlyMap<string, Field>;
  readonly fieldById: ReadonlyMap<number, Field>;
  readonly fieldByTrait: ReadonlyMap<string, Field>;
  readonly eventByName: ReadonlyMap<string, EventDefinition>;
  readonly eventById: ReadonlyMap<number, EventDefinition>;
}
