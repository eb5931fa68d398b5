/** Exact amounts of the server, `1/3` or `0.01`, as numbers to draw with; what decides stays exact there. */
export function amountOf(text: string): number {
  const [over = '', under = '1'] = text.split('/');
  return Number(over) / Number(under);
}

/** How much of a limit is spent, from 0 to 1. */
export function shareOf(spent: string, limit: string): number {
  const whole = amountOf(limit);
  return whole === 0 ? 0 : Math.min(1, amountOf(spent) / whole);
}

/** Short, for reading. */
export function shortAmount(text: string, language: string): string {
  return new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(amountOf(text));
}
