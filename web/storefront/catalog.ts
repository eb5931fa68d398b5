/** What the server put into the page: the goods, and where the page stands. */

export type Category = 'Coffee & Tea' | 'Kitchen' | 'Home' | 'Outdoors' | 'Care' | 'Health';

export interface Product {
  readonly id: string;
  readonly sku: string;
  /** In English. */
  readonly name: string;
  readonly category: Category;
  /** In the currency of the page. */
  readonly price: number;
}

export interface Shelf {
  readonly currency: string;
  /** Where the Bailee server answers, for the command on the last page. */
  readonly url: string;
  readonly products: readonly Product[];
}

export const CATEGORIES: readonly Category[] = [
  'Coffee & Tea',
  'Kitchen',
  'Home',
  'Outdoors',
  'Care',
  'Health',
];

/** Reads the block of data that the server wrote. */
export function readShelf(): Shelf {
  return JSON.parse(document.getElementById('shelf')!.textContent!) as Shelf;
}

/** `coffee-tea` and its like, for addresses and styles. */
export function slug(category: Category): string {
  return category.toLowerCase().replace(/\W+/g, '-');
}
