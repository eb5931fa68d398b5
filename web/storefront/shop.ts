/** What every page of the shop is made with. */
import { type Category, type Product, readShelf, slug } from './catalog.ts';
import { drawing, h } from './markup.ts';
import { HOUSE } from './pictures-house.ts';
import { TABLE } from './pictures-table.ts';
import { href } from './router.ts';
import { textsHere } from './texts.ts';

export const shelf = readShelf();
export const texts = textsHere();

const money = new Intl.NumberFormat(document.documentElement.lang, {
  style: 'currency',
  currency: shelf.currency,
});

export function priceOf(amount: number): string {
  return money.format(amount);
}

export function nameOf({ sku, name }: Product): string {
  return texts.names[sku] ?? name;
}

export function productBy(id: string | undefined): Product | undefined {
  return shelf.products.find((product) => product.id === id);
}

export function productsOf(category: Category): readonly Product[] {
  return shelf.products.filter((product) => product.category === category);
}

export function pictureOf({ sku }: Product): HTMLElement {
  return drawing(TABLE[sku] ?? HOUSE[sku] ?? '');
}

export function link(
  path: string,
  attributes: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
) {
  return h('a', { href: href(path), 'data-in': true, ...attributes }, ...children);
}

/** A tile: picture, name and price, all of it a link. */
export function tile(product: Product): HTMLElement {
  const { category, price } = product;
  return h(
    'li',
    {},
    link(
      `/p/${product.id}`,
      { class: `tile ${slug(category)}` },
      h('span', { class: 'picture' }, pictureOf(product)),
      h('span', { class: 'name' }, nameOf(product)),
      h('span', { class: 'price' }, priceOf(price)),
    ),
  );
}

export function tiles(products: readonly Product[], label?: string): HTMLElement {
  return h('ul', { class: 'tiles', role: 'list', 'aria-label': label ?? '' }, ...products.map(tile));
}

export function title(text: string): HTMLElement {
  return h('h1', { tabindex: -1 }, text);
}
