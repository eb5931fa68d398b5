/** Choices of a device or a customer. */
import { Type } from 'typebox';
import { OPTIONAL_PURPOSES, type Purpose } from './names.ts';

/** True grants, false refuses; a purpose that is not named stays as it stands. */
export const Choices = Type.Object(
  Object.fromEntries(OPTIONAL_PURPOSES.map((purpose) => [purpose, Type.Optional(Type.Boolean())])) as Record<
    Purpose,
    ReturnType<typeof Type.Optional<ReturnType<typeof Type.Boolean>>>
  >,
  { additionalProperties: false, minProperties: 1 },
);

export const ChoicesBody = Type.Object(
  {
    choices: Choices,
    /** The device; a browser key speaks for nobody else. */
    anonymousId: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    /** The customer; with the server key alone. */
    userId: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    writeKey: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
);

/** What stands now, and where asked for a change, its receipt. */
export const StandingAnswer = Type.Object({ choices: Type.Record(Type.String(), Type.Unknown()) });
export const ChosenAnswer = Type.Object({
  choices: Type.Record(Type.String(), Type.Unknown()),
  /** Index of the entry in the ledger; absent when nothing changed. */
  ledgerIndex: Type.Optional(Type.Integer()),
  receipt: Type.Optional(Type.Unknown()),
});
