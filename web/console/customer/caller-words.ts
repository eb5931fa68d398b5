/** Options of the questions to a caller, as one says them. */
import type { CallerQuestion } from '../../../contract/callers.ts';

const EDGES = /^(\d+)-(\d+)(?: ([A-Z]{3}))?$/;
const MORE = /^(\d+)\+(?: ([A-Z]{3}))?$/;

export interface OptionWords {
  /** `11` is November. */
  readonly month: (number: string) => string;
  readonly money: (amount: number, currency: string) => string;
  readonly orMore: (amount: string) => string;
}

/** What is not understood is shown as it came. */
export function optionText(question: CallerQuestion, option: string, words: OptionWords): string {
  if (question === 'last-order-month') return words.month(option);
  if (question === 'postal-code-end') return `… ${option}`;
  if (question === 'birthday-day') return String(Number(option));
  const said = (amount: string, currency: string | undefined) =>
    currency === undefined ? amount : words.money(Number(amount), currency);
  const [, from, to, currency] = EDGES.exec(option) ?? [];
  if (from !== undefined && to !== undefined) return `${said(from, currency)} – ${said(to, currency)}`;
  const [, least, unit] = MORE.exec(option) ?? [];
  return least === undefined ? option : words.orMore(said(least, unit));
}
