/** How many people gave and withdrew choices, over time. The answer of `GET /api/consent/rates`: counts, and no ids. */
import { Type } from 'typebox';
import type { Purpose } from './names.ts';
import { PURPOSES } from './names.ts';

const strict = { additionalProperties: false };

/** A count of fewer people than this, and of more than nobody, is not told. */
export const LEAST_TOLD = 10;

export const RATES_BY = ['day', 'week'] as const;
export type RatesBy = (typeof RATES_BY)[number];

export const ConsentRatesQuery = Type.Object(
  {
    /** Days and weeks are of UTC; a week begins on Monday. Absent: `week`. */
    by: Type.Optional(Type.Unsafe<RatesBy>({ enum: [...RATES_BY] })),
  },
  strict,
);

/** People, each counted once in a period; null: fewer than `below`. */
const Count = Type.Union([Type.Integer(), Type.Null()]);

export const ConsentRates = Type.Object({
  by: Type.Unsafe<RatesBy>({ enum: [...RATES_BY] }),
  below: Type.Integer(),
  /** First days, `2026-11-23`, the oldest first. */
  periods: Type.Immutable(Type.Array(Type.String())),
  /** True: the last period is not over. Only the privacy officer sees it before it is. */
  running: Type.Boolean(),
  /** Of which anybody chose. */
  purposes: Type.Immutable(
    Type.Array(
      Type.Object({
        purpose: Type.Unsafe<Purpose>({ enum: [...PURPOSES] }),
        /** One for each period. */
        counts: Type.Immutable(
          Type.Array(
            Type.Object({
              granted: Count,
              /** Without having agreed before. */
              refused: Count,
              /** After having agreed. */
              withdrawn: Count,
            }),
          ),
        ),
      }),
    ),
  ),
});
