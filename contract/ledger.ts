/** An entry of the ledger with its proof, and the keys that ever signed. */
import { Type } from 'typebox';

export const EntryPath = Type.Object({ index: Type.String({ maxLength: 20 }) });
export const EntryAnswer = Type.Object({
  index: Type.Integer(),
  /** Base64: the commitment as the log holds it. */
  leaf: Type.String(),
  /** Base64, from the leaf's sibling up (RFC 9162 §2.1.3), in the tree of the checkpoint. */
  proof: Type.Immutable(Type.Array(Type.String())),
  /** The signed note. */
  checkpoint: Type.String(),
});

export const KeysAnswer = Type.Object({
  keys: Type.Array(
    Type.Object({
      /** Signed-note verifier key: name+hash+key. */
      vkey: Type.String(),
      purpose: Type.Union([Type.Literal('ledger'), Type.Literal('receipt')]),
      createdAt: Type.String({ format: 'date-time' }),
      /** Null while it signs. */
      retiredAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    }),
  ),
});
