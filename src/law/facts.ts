/** The shapes of facts. Words (circumstances, acts, things) are lower case with hyphens; days are `YYYY-MM-DD`. */
import type { Topic } from './topics.ts';

export const UNITS = ['hours', 'days', 'business-days', 'months', 'years'] as const;
/** A month is a calendar month and never 30 days; business days pass over weekends and named holidays. */
export type Unit = (typeof UNITS)[number];

export const CONFIDENCES = [
  'verified-primary',
  'verified-secondary',
  'memory-high',
  'memory-medium',
  'memory-low',
] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** Any of these groups; within a group, all of the words. */
export type Conditions = readonly (readonly string[])[];

export interface Span {
  readonly count: number;
  readonly unit: Unit;
}

/** `speed`: a text without a number ("without delay"); then the span is a target that Bailee recommends. */
export interface ClockValue {
  readonly span: Span | null;
  readonly speed: string | null;
  /** Applies only so; absent: always. */
  readonly when?: Conditions;
  /** Is no clock of its own, but lengthens the clock named by `of`. */
  readonly extends: boolean;
}

export interface AgeValue {
  /** Null: the regime knows no age. */
  readonly under: number | null;
}

export const MODELS = ['opt-in', 'opt-out', 'free', 'route', 'barred'] as const;
/**
 * `opt-in`: only after a choice; `opt-out`: until a refusal; `free`: no choice is asked; `route`: only by one of the named
 * ways, no choice opens it; `barred`: never.
 */
export type Model = (typeof MODELS)[number];

export interface PermissionValue {
  readonly model: Model;
  /** Open without a choice when one of these holds, for instance a soft opt-in or a route. */
  readonly unless: Conditions;
  /** Closed even with a choice when one of these holds. */
  readonly never: Conditions;
  /** A choice is needed where one of these holds, whatever the model, for instance for minors. */
  readonly optInIf: Conditions;
  /** What a choice must have to count. */
  readonly asks: readonly string[];
}

export interface ProhibitionValue {
  readonly when: Conditions;
  readonly unless: Conditions;
}

export interface DutyValue {
  /** `always`, `never`, or when one of these holds. */
  readonly when: 'always' | 'never' | Conditions;
  readonly unless: Conditions;
}

export interface FormalityValue {
  readonly requires: readonly string[];
}

export interface ListValue {
  readonly items: readonly string[];
}

export interface MaximumValue {
  /** In whole units of `currency`. */
  readonly amount: number | null;
  /** Of `base`, as a fraction: 0.04 is 4 %. */
  readonly share: number | null;
  readonly currency: string;
  readonly base: string | null;
  /** The share cannot exceed the amount; otherwise the higher of both stands. */
  readonly capped: boolean;
  /** True when the amount counts once for each violation or person. */
  readonly each: boolean;
}

export interface ThresholdValue {
  /** Any of these; within one, all measures are at least so large. */
  readonly any: readonly Readonly<Record<string, number>>[];
}

export interface PeriodValue {
  readonly span: Span;
  /** The event from which it runs; ends of years are computed. */
  readonly from: string;
}

export interface HoursValue {
  /** Hours of the day in `zone` at which the channel is open, `[from, to]` in whole hours. */
  readonly open: readonly (readonly [number, number])[];
  /** 1 is Monday. */
  readonly days: readonly number[];
  readonly zone: string;
  readonly channels: readonly string[];
}

export interface InForceValue {
  readonly law: boolean;
  readonly from: string | null;
  readonly until: string | null;
}

interface ValueOf {
  readonly clock: ClockValue;
  readonly age: AgeValue;
  readonly permission: PermissionValue;
  readonly prohibition: ProhibitionValue;
  readonly duty: DutyValue;
  readonly formality: FormalityValue;
  readonly list: ListValue;
  readonly maximum: MaximumValue;
  readonly threshold: ThresholdValue;
  readonly least: PeriodValue;
  readonly most: PeriodValue;
  readonly hours: HoursValue;
  readonly 'in-force': InForceValue;
}

/** The value with its kind beside it, so that a switch knows the shape. */
export type FactValue = { [K in keyof ValueOf]: { readonly kind: K } & ValueOf[K] }[keyof ValueOf];

export interface Fact {
  /** Stable name within its regime, for instance `rights.response`. */
  readonly name: string;
  /** The pack in which it stands. */
  readonly pack: string;
  readonly regime: string;
  readonly topic: Topic;
  readonly of: string;
  readonly value: FactValue;
  /** The rule as its source says it, in a few words. */
  readonly says: string;
  /** The unit in the words of the source. */
  readonly unit: string;
  readonly citation: string;
  readonly confidence: Confidence;
  readonly source: string | null;
  /** When the source was last read. */
  readonly checked: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly line: number;
}

/** A law that applies in a territory. */
export interface Regime {
  readonly code: string;
  readonly name: string;
  /** ISO 3166-1 and -2 codes; `*` is everywhere. */
  readonly territory: readonly string[];
  /** Who falls under it: customers who live there, shops that are established there. */
  readonly reach: readonly ('residence' | 'establishment')[];
  /** True for a law on personal data as a whole: where it is silent, a use needs a choice. */
  readonly general: boolean;
  /** The frame that this national law fills in. */
  readonly within: string | null;
}

export interface Case {
  readonly title: string;
  readonly regimes: readonly string[];
  readonly question: LawQuestion;
  readonly answer: string;
  readonly line: number;
}

export const ASKS = [
  'by',
  'until',
  'may',
  'must',
  'complete',
  'is',
  'child',
  'fine',
  'reached',
  'contact',
  'in-force',
] as const;
export type Ask = (typeof ASKS)[number];

/** A question to the law. What it does not mention is not known. */
export interface LawQuestion {
  readonly ask: Ask;
  readonly topic?: Topic;
  /** The right, act, record, list or use that is asked about. */
  readonly of: string;
  /** Circumstances that hold. */
  readonly with: readonly string[];
  readonly choice?: 'granted' | 'refused';
  /** The day or the moment from which a clock runs. */
  readonly date?: string;
  /** The day whose law is asked for. */
  readonly on: string;
  readonly age?: number;
  readonly item?: string;
  readonly measures: Readonly<Record<string, number>>;
  readonly holidays: readonly string[];
}

export interface Pack {
  readonly file: string;
  readonly pack: string;
  readonly regimes: readonly Regime[];
  readonly facts: readonly Fact[];
}

/** The cases that stand beside a pack. */
export interface CaseFile {
  readonly file: string;
  readonly cases: readonly Case[];
}
