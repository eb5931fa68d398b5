/** Who changes something about staff: a person, or the operator of this machine. */
export interface By {
  /** Id of a person, or `operator`. */
  readonly id: string;
  readonly store: string;
}

export const OPERATOR = 'operator';
