/** Importing a file: begin or go on, send rows in order, finish. */
import { Type } from 'typebox';

/** Rows of one request. */
export const MOST_ROWS = 2_500;

const FileAndMapping = {
  /** SHA-256 of the file's bytes. */
  file: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  /** The mapping itself, as YAML. */
  mapping: Type.String({ minLength: 1, maxLength: 60_000 }),
  /** What to call it in messages. */
  mappingName: Type.String({ minLength: 1, maxLength: 200 }),
};

export const ImportPath = Type.Object({ id: Type.String({ maxLength: 64 }) });

export const ImportBody = Type.Object(
  {
    ...FileAndMapping,
    /** Id or name; needed by the operator alone, and only when there are several. */
    store: Type.Optional(Type.String({ maxLength: 100 })),
    /** True: from the first line again. */
    again: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

const Count = Type.Integer();

/** How far the import is since it was begun, over all runs. */
export const ImportAnswer = Type.Object({
  id: Type.String(),
  linesDone: Count,
  stored: Count,
  duplicates: Count,
  quarantined: Count,
  notCollected: Count,
  finished: Type.Boolean(),
});

const Cell = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);

export const RowsBody = Type.Object(
  {
    ...FileAndMapping,
    /** How many rows of the file stand before these. */
    from: Type.Integer({ minimum: 0 }),
    rows: Type.Array(
      Type.Object(
        {
          /** Hash of the whole row, base64url. */
          row: Type.String({ pattern: '^[A-Za-z0-9_-]{22,43}$' }),
          /** How many identical rows stand before it in the file. */
          nth: Type.Optional(Type.Integer({ minimum: 1 })),
          /** One per column, in the order in which the mapping names them first. */
          values: Type.Array(Cell, { maxItems: 500 }),
          /** Why the row could not be read. */
          fault: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: MOST_ROWS },
    ),
  },
  { additionalProperties: false },
);

/** What became of these rows; every row is in exactly one of the counts. */
export const RowsAnswer = Type.Object({
  linesDone: Count,
  stored: Count,
  duplicates: Count,
  /** By code. */
  quarantined: Type.Record(Type.String(), Count),
  /** By reason. */
  notCollected: Type.Record(Type.String(), Count),
});

export const FinishBody = Type.Object(
  {
    /** Rows of the whole file. */
    lines: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);

/** Lines of consents: each is looked at on its own. */
export const ImportConsentsBody = Type.Object(
  {
    store: Type.Optional(Type.String({ maxLength: 100 })),
    lines: Type.Array(Type.Unknown(), { minItems: 1, maxItems: 500 }),
  },
  { additionalProperties: false },
);
export const ImportConsentsAnswer = Type.Object({
  recorded: Count,
  unchanged: Count,
  refused: Type.Immutable(Type.Array(Type.Object({ line: Count, reason: Type.String() }))),
});
