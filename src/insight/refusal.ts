/** Refusals of the library as the errors of the house. Neither repeats a value. */
import { AnonymizeError } from '../anonymize/refuse.ts';
import { BaileeError } from '../platform/errors.ts';

/** Runs `work`; what the library refuses becomes `budget_exceeded` or `invalid_body`. */
export function told<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AnonymizeError)) throw error;
    const code = error.code === 'budget_exceeded' ? 'budget_exceeded' : 'invalid_body';
    throw new BaileeError(code, error.message, error.details, error);
  }
}
