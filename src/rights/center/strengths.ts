/** Which act needs which sign-in: what opens or changes more asks for more. Pure. */
import { ACTS, type Act, type Strength } from '../../../contract/center.ts';
import { BaileeError } from '../../platform/errors.ts';

const ALL: readonly Strength[] = ['signed-in', 'code', 'order'];
/** The shop's own sign-in, or the mailbox that the shop writes to. */
const STRONG: readonly Strength[] = ['signed-in', 'code'];

/** Whoever holds a parcel knows its number: that is enough to say no, and to ask, and never enough to take or destroy. */
const NEEDS: Readonly<Record<Act, readonly Strength[]>> = {
  'see-masked': ALL,
  refuse: ALL,
  ask: ALL,
  see: STRONG,
  looks: STRONG,
  choose: STRONG,
  tags: STRONG,
  correct: STRONG,
  download: STRONG,
  erase: STRONG,
};

export function may(strength: Strength, act: Act): boolean {
  return NEEDS[act].includes(strength);
}

/** All that a sign-in opens. */
export function actsOf(strength: Strength): Act[] {
  return ACTS.filter((act) => may(strength, act));
}

/** Throws `step_up_required` with the weakest sign-in that would do. */
export function needStrength(strength: Strength, act: Act): void {
  if (may(strength, act)) return;
  throw new BaileeError(
    'step_up_required',
    'Sign in with a code first: this needs to know better who you are.',
    {
      needs: NEEDS[act].at(-1),
    },
  );
}
