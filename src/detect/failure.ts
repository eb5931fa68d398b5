export type DetectErrorCode = 'broken_text' | 'bad_option' | 'bad_span' | 'bad_table';

/** What the caller can act on. Messages name a place or an option, never what stands there. */
export class DetectError extends Error {
  readonly code: DetectErrorCode;

  constructor(code: DetectErrorCode, message: string) {
    super(message);
    this.name = 'DetectError';
    this.code = code;
  }
}
