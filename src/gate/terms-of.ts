/** The terms on which someone is asked, by the packs in force and the built-in rows together. */
import { type Terms, termsFor } from '../consent/terms.ts';
import { rowsOfLaw } from '../consent/terms-of-law.ts';
import type { LawBook } from '../law/law-book.ts';
import type { GateCtx } from './context.ts';

const DAY = 10;
/** Regions times days. A page waits for its notice, and the packs say the same all day. */
const MOST_REMEMBERED = 2000;
const remembered = new WeakMap<LawBook, Map<string, Terms>>();

/**
 * @param region ISO 3166-1 or 3166-2 of the visitor, any case; null when unknown
 * @param store ISO 3166-1 of the store; null when unknown
 */
export function termsOf(
  { law, clock }: Pick<GateCtx, 'law' | 'clock'>,
  region: string | null,
  store: string | null,
): Terms {
  if (law === undefined) return termsFor(region, store);
  const book = law.book();
  const on = new Date(clock.now()).toISOString().slice(0, DAY);
  const customer = region === null || region === '' ? null : region.toUpperCase();
  const key = JSON.stringify([customer, store, on]);
  const known = remembered.get(book) ?? new Map<string, Terms>();
  let terms = known.get(key);
  if (terms === undefined) {
    terms = termsFor(customer, store, rowsOfLaw(book.lawFor({ customer, store }), on));
    if (known.size >= MOST_REMEMBERED) known.clear();
    remembered.set(book, known.set(key, terms));
  }
  return terms;
}
