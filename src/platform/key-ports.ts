/**
 * The ports that sealing needs. They stand apart from the others because `bailee/keys` is a library of its
 * own: whoever seals with it needs no types of a server's logger, metrics and database.
 */

/**
 * The root provider: the only place where epoch keys are, never the database.
 * A file of our own or a key service; keys are 32 bytes.
 */
export interface RootProvider {
  readonly kind: 'file' | 'environment';
  /** The epoch that new keys are wrapped under. */
  currentEpoch(): number;
  /** Epochs whose key is at hand, oldest first. */
  epochs(): number[];
  /** Throws `BaileeError('epoch_destroyed')` when the epoch's key is gone. */
  epochKey(epoch: number): Buffer;
  /** Makes the next epoch and makes it current; durable when it resolves. */
  advance(): Promise<number>;
  /** Looks again for epochs that another node made or destroyed. */
  refresh(): Promise<void>;
  /** Destroys an epoch's key for good; durable when it resolves. */
  destroy(epoch: number): Promise<void>;
  /** Seed (32 bytes) of the Ed25519 key that signs checkpoints and receipts; outside the epochs. */
  signingSeed(purpose: 'ledger' | 'receipt'): Buffer;
}

/** Authenticated encryption of one value. Associated data is read before a call returns. Swapped only by a test that looks for plaintext. */
export interface Cipher {
  /** → prefix ‖ nonce ‖ ciphertext ‖ tag; the prefix is copied as it is. */
  encrypt(key: Buffer, plaintext: Buffer, associated: Buffer, prefix?: Buffer): Buffer;
  /** Throws when the tag does not match. */
  decrypt(key: Buffer, sealed: Buffer, associated: Buffer): Buffer;
  /** The same in two steps: now what can be made ready, and when what it returns is called (once), the decryption. */
  decrypter(key: Buffer, sealed: Buffer, associated: Buffer): () => Buffer;
}
