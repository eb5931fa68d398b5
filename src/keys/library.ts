/**
 * `bailee/keys`, the library: envelope encryption with bound places, and blind indexes, without the database
 * that Bailee keeps its wrapped keys in. The house itself never imports this file: there, what is meant is
 * imported from where it stands.
 */
export { BaileeError, isBaileeError } from '../platform/errors.ts';
export type { Cipher, RootProvider } from '../platform/key-ports.ts';
export { associated, type Place, placeData, uint32 } from './associated.ts';
export { blindToken } from './blind-token.ts';
export { aesGcm } from './cipher.ts';
export { type DataKey, type Rooted, unwrap, type WrapPlace, type WrappedKey, wrap } from './hierarchy.ts';
export { environmentRoot } from './root-environment.ts';
export { fileRoot } from './root-file.ts';
export { seal, sealBytes, unseal, unsealBytes } from './seal.ts';
