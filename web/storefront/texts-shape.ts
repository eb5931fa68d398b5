/** One language of the shop. */
import type { Category } from './catalog.ts';

export interface Texts {
  readonly motto: string;
  readonly lead: string;
  readonly browse: string;
  readonly skip: string;
  readonly menu: string;
  readonly languages: string;
  readonly search: string;
  readonly searchHint: string;
  readonly found: string;
  readonly foundNothing: string;
  readonly account: string;
  readonly basket: string;
  readonly categories: Readonly<Record<Category, { readonly name: string; readonly line: string }>>;
  readonly favorites: string;
  readonly promises: readonly (readonly [title: string, line: string])[];
  readonly add: string;
  readonly added: string;
  readonly quantity: string;
  readonly fewer: string;
  readonly more: string;
  readonly remove: string;
  readonly facts: readonly string[];
  readonly goesWith: string;
  readonly goesWithWhy: string;
  readonly basketEmpty: string;
  readonly goOn: string;
  readonly total: string;
  readonly taxNote: string;
  readonly checkout: string;
  readonly form: Readonly<Record<'name' | 'email' | 'phone' | 'street' | 'postalCode' | 'city', string>>;
  readonly optional: string;
  readonly place: string;
  readonly placing: string;
  readonly noPayment: string;
  readonly failed: string;
  readonly thanks: string;
  readonly orderNumber: string;
  readonly openHint: string;
  readonly accountLead: string;
  readonly orders: string;
  readonly noOrders: string;
  readonly privacy: string;
  readonly privacyOpen: string;
  readonly nowAllowed: string;
  readonly nothingAllowed: string;
  /** By purpose, as the notice names them. */
  readonly purposes: Readonly<Record<string, string>>;
  readonly ownData: string;
  readonly policy: string;
  readonly policyText: readonly string[];
  readonly lost: string;
  readonly demo: string;
  /** Names of goods by SKU; the server's English where absent. */
  readonly names: Readonly<Record<string, string>>;
}
