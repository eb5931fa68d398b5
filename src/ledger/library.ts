/**
 * `bailee/ledger`, the library: a Merkle log in the formats of C2SP, without the database that Bailee keeps
 * it in. The house itself never imports this file: there, what is meant is imported from where it stands.
 */
export { BaileeError, isBaileeError } from '../platform/errors.ts';
export { type CheckpointBody, formatCheckpoint, parseCheckpoint } from './checkpoint-body.ts';
export {
  type CanonicalEntry,
  type CanonicalValue,
  canonical,
  commit,
  opens,
  SALT_BYTES,
} from './leaf.ts';
export {
  type Note,
  type NoteSignature,
  type NoteSigner,
  noteSigner,
  openNote,
  parseNote,
  parseVkey,
  signatureLine,
  signNote,
} from './note.ts';
export {
  consistencyProof,
  type HashGetter,
  inclusionProof,
  verifyConsistency,
  verifyInclusion,
} from './proof.ts';
export { formatProof, parseProof, type TlogProof } from './tlog-proof.ts';
export {
  type Appended,
  appendHashes,
  HASH_BYTES,
  leafHash,
  nodeHash,
  rootOf,
  TILE_WIDTH,
  type TileRoot,
} from './tree.ts';
export {
  type LogFault,
  type LogProblem,
  type LogReport,
  type LogToVerify,
  verifyLog,
} from './verify/log.ts';
export { type ReceiptReport, verifyReceipt } from './verify/receipt.ts';
