/**
 * What a law forbids to hand out even to the customer it is about: a stolen sign-in must not become a stolen identity.
 * That it is held is told all the same (11 CCR 7024(d)).
 */
import { type LawInPlay, speakersOf } from './answer.ts';
import type { FieldFacts, Reason } from './types.ts';
import { factsOn } from './verdict.ts';

const LIST = 'not-handed-out';

/**
 * What a highly sensitive field of a class is, by the words of the packs. Whoever declares one that is something else
 * has it described, and not handed out: what is not known is withheld.
 */
const ITEMS: Readonly<Partial<Record<FieldFacts['class'], string>>> = {
  identity: 'government-id',
  contact: 'government-id',
  account: 'password',
  transaction: 'financial-account',
  biometric: 'biometric',
  sensitive: 'health-insurance-id',
};

/** The list that forbids to hand out a field on this day, as a reason; null where none does. */
export function notHandedOut(
  law: LawInPlay,
  on: string,
  { class: dataClass, sensitivity }: Pick<FieldFacts, 'class' | 'sensitivity'>,
): Reason | null {
  const item = ITEMS[dataClass];
  if (item === undefined || (sensitivity !== 'highly-sensitive' && item !== 'biometric')) return null;
  for (const speaking of speakersOf(law, { on, ask: 'is' }))
    for (const { value, name, regime, citation } of factsOn(speaking, 'list', { of: LIST }))
      if (value.items.includes(item)) return { rule: `law.${regime}.${name}`, source: citation };
  return null;
}
