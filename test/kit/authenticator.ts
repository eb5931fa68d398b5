/**
 * A passkey in software: what a phone or a key does when a browser asks it, by WebAuthn Level 3 (§6) with an ES256 key
 * and attestation `none`. Each thing that a liar could say otherwise is a setting.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { Static } from 'typebox';
import type {
  NewPasskeyAnswer,
  NewPasskeyBody,
  PasskeyBody,
  PasskeyQuestion,
} from '../../contract/passkeys.ts';

type Creation = Static<typeof NewPasskeyAnswer>['options'];
type Request = Static<typeof PasskeyQuestion>['options'];

export interface Lies {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly userHandle?: string;
  /** Whether the owner showed a finger, a face or a PIN. */
  readonly verified?: boolean;
  readonly counter?: number;
}

const ORIGIN = 'http://localhost:4000';
const PRESENT = 0x01;
const VERIFIED = 0x04;
const NEW_CREDENTIAL = 0x40;

export class SoftPasskey {
  readonly id = randomBytes(32);
  readonly #key: KeyObject;
  readonly #public: Buffer;
  #rpId = '';
  #user = 'AA';
  counter = 0;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    this.#key = privateKey;
    // COSE_Key (RFC 9053, 7.1.1): EC2, ES256, P-256.
    const cose = new Map<number, number | Buffer>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]);
    this.#public = cbor(cose);
  }

  get name(): string {
    return createHash('sha256').update(this.id).digest('base64url');
  }

  /** Answers `navigator.credentials.create`. */
  create(options: Creation, lies: Lies = {}): Static<typeof NewPasskeyBody>['credential'] {
    this.#rpId = options.rp.id;
    this.#user = options.user.id;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.id, this.#public]);
    const authData = Buffer.concat([this.#data(lies, NEW_CREDENTIAL), attested]);
    const attestation = new Map<string, CborValue>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ]);
    return {
      ...this.#named(),
      response: {
        clientDataJSON: clientData('webauthn.create', options.challenge, lies).toString('base64url'),
        attestationObject: cbor(attestation).toString('base64url'),
        transports: ['internal'],
      },
    };
  }

  /** Answers `navigator.credentials.get`. */
  get(options: Request, lies: Lies = {}): Static<typeof PasskeyBody>['credential'] {
    this.counter += 1;
    const client = clientData('webauthn.get', options.challenge, lies);
    const data = this.#data(lies, 0);
    const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
    return {
      ...this.#named(),
      response: {
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, this.#key).toString('base64url'),
        userHandle: lies.userHandle ?? this.#user,
      },
    };
  }

  #named() {
    const id = this.id.toString('base64url');
    return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} };
  }

  /** Authenticator data (§6.1). */
  #data({ rpId = this.#rpId, verified = true, counter = this.counter }: Lies, flags: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const hash = createHash('sha256').update(rpId).digest();
    return Buffer.concat([hash, Buffer.from([PRESENT | (verified ? VERIFIED : 0) | flags]), count]);
  }
}

function clientData(type: string, asked: string, { origin = ORIGIN, challenge = asked }: Lies): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

type CborValue = number | string | Buffer | Map<number | string, CborValue>;

/** As much of CBOR (RFC 8949) as this takes. */
function cbor(value: CborValue): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const pairs = [...value].flatMap(([key, item]) => [cbor(key), cbor(item)]);
  return Buffer.concat([head(5, value.size), ...pairs]);
}

function head(major: number, length: number): Buffer {
  const kind = major << 5;
  if (length < 24) return Buffer.from([kind | length]);
  if (length < 256) return Buffer.from([kind | 24, length]);
  return Buffer.from([kind | 25, length >> 8, length & 255]);
}
