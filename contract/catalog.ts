/** What the catalog of this installation declares: which data, how sensitive, for what, and how long. */
import { Type } from 'typebox';
import { CLASSES, MASK_KINDS, PURPOSES, RETENTION_CLASSES, SENSITIVITIES } from './names.ts';

const Purposes = Type.Immutable(Type.Array(Type.Enum([...PURPOSES])));
const Kept = Type.Enum(Object.keys(RETENTION_CLASSES));

export const CatalogAnswer = Type.Object({
  /** SHA-256 (hex) of the whole catalog: two installations with the same one declare the same. */
  hash: Type.String(),
  fields: Type.Immutable(
    Type.Array(
      Type.Object({
        name: Type.String(),
        class: Type.Enum([...CLASSES]),
        sensitivity: Type.Enum([...SENSITIVITIES]),
        /** How directly it points to a person. */
        identifiability: Type.Enum(['direct', 'indirect', 'none']),
        retention: Kept,
        mask: Type.Enum([...MASK_KINDS]),
        purposes: Purposes,
      }),
    ),
  ),
  events: Type.Immutable(
    Type.Array(
      Type.Object({
        name: Type.String(),
        class: Type.Enum([...CLASSES]),
        sensitivity: Type.Enum([...SENSITIVITIES]),
        retention: Kept,
        purposes: Purposes,
      }),
    ),
  ),
});
