/** Drawing from lists and patterns, and turning what was drawn into a value with a label. */
import type { Dice } from '../../crash/dice.ts';
import type { SpanType, Value } from './types.ts';

/** A whole number from `low` to `high`, both included. */
export function between(dice: Dice, low: number, high: number): number {
  return low + dice.below(high - low + 1);
}

/**
 * The pattern with `#` as a digit, `N` as a digit from 1 to 9, `@` as a capital letter, `~` as a small
 * letter or digit.
 */
export function pattern(dice: Dice, form: string): string {
  const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
  const SMALL = 'abcdefghijkmnpqrstuvwxyz23456789';
  return form.replace(/[#N@~]/g, (mark) => {
    if (mark === '#') return String(dice.below(10));
    if (mark === 'N') return String(between(dice, 1, 9));
    return mark === '@' ? dice.pick([...LETTERS]) : dice.pick([...SMALL]);
  });
}

/** `count` characters of `alphabet`. */
export function letters(dice: Dice, alphabet: string, count: number): string {
  return Array.from({ length: count }, () => dice.pick([...alphabet])).join('');
}

/** A slot whose values bear `type`. */
export function labelled(type: SpanType, draw: (dice: Dice) => string): (dice: Dice) => Value {
  return (dice) => ({ text: draw(dice), type });
}

/** A slot whose values are nobody's data. */
export function plain(draw: (dice: Dice) => string): (dice: Dice) => Value {
  return (dice) => ({ text: draw(dice) });
}

/** A slot that picks one of several forms, each as often. */
export function forms(...list: readonly ((dice: Dice) => string)[]): (dice: Dice) => string {
  return (dice) => dice.pick(list)(dice);
}

/** Two digits. */
export function two(number: number): string {
  return String(number).padStart(2, '0');
}

const HALF = '0123456789+-@.:,()';

/** ASCII digits and signs as full-width forms, the way an input method leaves them. */
export function fullWidth(text: string): string {
  return [...text]
    .map((one) =>
      HALF.includes(one) || /[A-Za-z]/.test(one) ? String.fromCharCode(one.charCodeAt(0) + 0xfee0) : one,
    )
    .join('');
}

/** A day of the given years, as year, month and day. */
export function day(dice: Dice, from: number, to: number): { year: number; month: number; day: number } {
  return { year: between(dice, from, to), month: between(dice, 1, 12), day: between(dice, 1, 28) };
}
