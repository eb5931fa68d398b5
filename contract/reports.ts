/** Reports that are made from what is in force, never by hand. Answers of `/api/reports/*`; counts and names, no customer. */
import { Type } from 'typebox';
import { ConsentRates } from './consent-rates.ts';
import { REQUEST_KINDS } from './requests.ts';
import { RunsAnswer, ScheduleAnswer } from './retention.ts';

export const REPORTS = ['processing', 'requests', 'retention', 'consent'] as const;
export type ReportName = (typeof REPORTS)[number];

const Word = Type.String({ maxLength: 200 });
const Words = Type.Immutable(Type.Array(Word));
const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);
const many = <T extends Parameters<typeof Type.Array>[0]>(type: T) => Type.Immutable(Type.Array(type));
const names = <Name extends string>(all: readonly Name[]) => Type.Unsafe<Name>({ enum: [...all] });

const Head = { store: Word, made: Type.String({ maxLength: 40 }) };

/** When PIPL Art. 55 asks for an impact assessment, and what here would be in it. */
export const ASSESSED = ['sensitive', 'automated', 'handing-on', 'abroad'] as const;
export type Assessed = (typeof ASSESSED)[number];

export const ProcessingReport = Type.Object({
  ...Head,
  /** ISO 3166; null: not known. */
  country: OrNull(Word),
  /** Kinds of people about whom something is held now. */
  people: Words,
  /** One for each purpose that the catalog names (GDPR Art. 30(1)(b), (c)). */
  activities: many(
    Type.Object({
      purpose: Word,
      iri: Word,
      basis: Word,
      source: Word,
      /** Names of the fields and events that serve it. */
      fields: Words,
      events: Words,
      classes: Words,
      /** Of those, what is sensitive. */
      sensitive: Words,
      retention: Words,
      /** Roles that may act for it. */
      roles: Words,
    }),
  ),
  /** To whom it is handed on (Art. 30(1)(d)), and where to (Art. 30(1)(e)); null: Bailee does not know where they are. */
  recipients: Words,
  transfers: OrNull(Words),
  /** How long (Art. 30(1)(f)); null where the schedule says "when the duty ends" or "never" in `set`. */
  retention: many(
    Type.Object({
      kind: Word,
      /** `25 months`, `duty`, `never`; one for each that is in force somewhere. */
      set: Words,
      regions: Words,
    }),
  ),
  /** Names of measures in force (Art. 30(1)(g), Art. 32). */
  measures: Words,
  /** PIPL Art. 55 and 56. */
  assessments: many(
    Type.Object({ when: names(ASSESSED), applies: Type.Boolean(), what: Words, measures: Words }),
  ),
  /** The catalog and the law packs it was made from. */
  catalog: Word,
  regimes: Words,
});

const Days = OrNull(Type.Number());
const RequestFigures = Type.Object({
  received: Type.Integer(),
  /** In whole or in part. */
  complied: Type.Integer(),
  denied: Type.Integer(),
  withdrawn: Type.Integer(),
  open: Type.Integer(),
  /** Answered after the last day, or past it and not answered. */
  late: Type.Integer(),
  /** Calendar days from receipt to the answer; null: none was answered. */
  medianDays: Days,
  meanDays: Days,
});
export const RequestsReport = Type.Object({
  ...Head,
  year: Type.Integer(),
  /** Years in which a request came, newest first. */
  years: many(Type.Integer()),
  kinds: many(Type.Object({ kind: names(REQUEST_KINDS), figures: RequestFigures })),
  all: RequestFigures,
  denials: many(Type.Object({ because: Word, count: Type.Integer() })),
});

export const RetentionReport = Type.Object({
  ...Head,
  schedule: ScheduleAnswer,
  runs: RunsAnswer.properties.runs,
});

export const ConsentReport = Type.Object({
  ...Head,
  /** Versions of the notice, newest first: each choice names the one that was shown. */
  notices: many(
    Type.Object({
      version: Type.Integer(),
      publishedAt: Type.String({ maxLength: 40 }),
      substance: Type.Boolean(),
      languages: Words,
    }),
  ),
  rates: ConsentRates,
});

export const ReportQuery = Type.Object(
  {
    /** Of the request statistics; absent: this year. */
    year: Type.Optional(Type.String({ maxLength: 4 })),
  },
  { additionalProperties: false },
);
export const ReportPath = Type.Object({ report: names(REPORTS) });
