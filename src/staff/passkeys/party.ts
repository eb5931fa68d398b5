/** Under which name passkeys are made and asked for. */
export interface Party {
  /** The name of the host: a passkey answers to it and to no other (WebAuthn Level 3, §5.1.2). */
  readonly id: string;
  /** Scheme, host and port of the pages that may ask. */
  readonly origin: string;
}
