/** How a command ends. Scripts rely on these numbers; they only grow. */
import { type ErrorCode, isBaileeError } from '../../platform/errors.ts';

export const EXIT = {
  /** Done. */
  done: 0,
  /** Refused, or failed on the way; the message says why. */
  failed: 1,
  /** The configuration or the command line is wrong; nothing was done. */
  usage: 2,
  /** Another Bailee uses the data folder. */
  locked: 3,
  /** The root key is not the one that the database was sealed with; nothing was written. */
  wrongRootKey: 4,
  /** Something that is needed does not answer: the database, the server, or a port that is taken. */
  unreachable: 5,
  /** `verify` did its work and found that the log or the receipt does not hold. */
  doesNotHold: 6,
  /** Stopped at once by a second signal. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A command ends with this sentence and this code. */
export class CommandError extends Error {
  readonly exit: ExitCode;

  constructor(exit: ExitCode, message: string) {
    super(message);
    this.name = 'CommandError';
    this.exit = exit;
  }
}

const BY_CODE: Partial<Record<ErrorCode, ExitCode>> = {
  invalid_configuration: EXIT.usage,
  invalid_catalog: EXIT.usage,
  invalid_pack: EXIT.usage,
  data_folder_locked: EXIT.locked,
  wrong_root_key: EXIT.wrongRootKey,
  epoch_destroyed: EXIT.wrongRootKey,
  database_unavailable: EXIT.unreachable,
};

/** What to tell a person about an error: one sentence each, and the code to end with. Never a driver's own message. */
export function explain(error: unknown): { readonly exit: ExitCode; readonly sentences: readonly string[] } {
  if (error instanceof CommandError) return { exit: error.exit, sentences: [error.message] };
  if (isBaileeError(error)) {
    const faults = error.details?.faults;
    const sentences = Array.isArray(faults) ? faults.map(String) : [`${error.message} (${error.code})`];
    return { exit: BY_CODE[error.code] ?? EXIT.failed, sentences };
  }
  const code = (error as { code?: unknown } | null)?.code;
  const about = typeof code === 'string' ? ` (${code})` : '';
  return { exit: EXIT.failed, sentences: [`Something went wrong that Bailee does not know${about}.`] };
}
