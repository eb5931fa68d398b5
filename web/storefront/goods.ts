/** One thing, closely. */
import { addToBasket } from './basket.ts';
import { slug } from './catalog.ts';
import { refreshHeader } from './frame.ts';
import { h } from './markup.ts';
import { link, nameOf, pictureOf, priceOf, productBy, productsOf, texts, tiles, title } from './shop.ts';
import { productOf, tell } from './tell.ts';

const BESIDE = 4;

export function productPage(id: string | undefined): Node[] | null {
  const product = productBy(id);
  if (product === undefined) return null;
  const { category } = product;
  tell('page', 'Product');
  tell('track', 'Product Viewed', productOf(product));
  const quantity = h('input', {
    type: 'number',
    min: 1,
    max: 99,
    value: 1,
    id: 'quantity',
    inputmode: 'numeric',
  });
  const said = h('p', { role: 'status', class: 'said' });
  const add = (event: Event) => {
    event.preventDefault();
    const count = Math.max(1, Math.round(Number(quantity.value)) || 1);
    addToBasket(product.id, count);
    refreshHeader();
    said.replaceChildren(`${texts.added}. `, link('/basket', {}, texts.basket));
    tell('track', 'Product Added', productOf(product, count));
  };
  const beside = productsOf(category).filter((each) => each !== product);
  const start = beside.findIndex((each) => each.id > product.id);
  const others = [...beside.slice(Math.max(0, start)), ...beside].slice(0, BESIDE);
  return [
    h(
      'article',
      { class: `goods ${slug(category)}` },
      h('div', { class: 'picture' }, pictureOf(product)),
      h(
        'div',
        { class: 'about' },
        h('p', { class: 'crumb' }, link(`/c/${slug(category)}`, {}, texts.categories[category].name)),
        title(nameOf(product)),
        h('p', { class: 'price' }, priceOf(product.price)),
        h('p', {}, texts.categories[category].line),
        h(
          'form',
          { class: 'add', onsubmit: add },
          h('label', { for: 'quantity' }, texts.quantity),
          quantity,
          h('button', { type: 'submit', class: 'button' }, texts.add),
        ),
        said,
        h('ul', { class: 'facts' }, ...texts.facts.map((fact) => h('li', {}, fact))),
      ),
    ),
    h(
      'section',
      { 'data-slot': 'recommendations' },
      h('h2', {}, texts.goesWith),
      h('p', { class: 'fine' }, texts.goesWithWhy),
      tiles([...new Set(others)], texts.goesWith),
    ),
  ];
}
