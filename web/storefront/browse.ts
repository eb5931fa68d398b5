/** Looking around: the first page, a shelf, a search. */
import { CATEGORIES, type Category, slug } from './catalog.ts';
import { drawing, h } from './markup.ts';
import { link, nameOf, pictureOf, productsOf, shelf, texts, tiles, title } from './shop.ts';
import { tell } from './tell.ts';
import { fill } from './texts.ts';

const FAVORITES = [
  'TEA-POT-120',
  'KIT-BWL-CER',
  'HOM-VAS-GLS',
  'OUT-BTL-075',
  'KIT-KNF-180',
  'HOM-LMP-RIC',
  'COF-MIL-001',
  'CAR-OIL-ALM',
];

const HILLS = `<path class="sky" d="M0 0h600v420H0z"/><circle class="sun" cx="452" cy="112" r="46"/>
<path class="far" d="M0 250c90-70 170-80 260-30s190 30 340-50v250H0z"/>
<g class="mill"><path d="M210 330l16-150h48l16 150z"/><path d="M222 182c2-30 54-30 56 0z"/></g>
<g class="sails"><path d="M250 176L150 118M250 176l100-58M250 176l-76 92M250 176l76 92"/><path d="M150 118l34-8 60 38M350 118l-8 34-62 26M326 268l-34 0-34-66M174 268l10-34 54-42"/></g>
<path class="near" d="M0 330c120-60 230-40 330-10s190 10 270-30v130H0z"/>
<path class="field" d="M0 380c150-40 320-30 600-10v50H0z"/>
<g class="stems"><path d="M60 420c0-30-4-50-14-70M90 420c2-34 8-54 22-76M520 420c-2-30 4-52 16-70M486 420c0-24-8-44-20-58"/></g>
<g class="heads"><ellipse cx="44" cy="342" rx="6" ry="13"/><ellipse cx="114" cy="336" rx="6" ry="13"/><ellipse cx="538" cy="342" rx="6" ry="13"/><ellipse cx="464" cy="356" rx="6" ry="12"/></g>`;

export function home(): Node[] {
  tell('page', 'Home');
  const favorites = FAVORITES.flatMap((sku) => shelf.products.find((product) => product.sku === sku) ?? []);
  return [
    h(
      'section',
      { class: 'hero' },
      h(
        'div',
        {},
        title(texts.motto),
        h('p', { class: 'lead' }, texts.lead),
        link('/c/kitchen', { class: 'button' }, texts.browse),
      ),
      drawing(HILLS, '0 0 600 420'),
    ),
    h('section', {}, h('h2', {}, texts.favorites), tiles(favorites, texts.favorites)),
    h(
      'section',
      {},
      h('h2', {}, texts.menu),
      h('ul', { class: 'rooms', role: 'list' }, ...CATEGORIES.map(room)),
    ),
    h(
      'section',
      { class: 'promises' },
      ...texts.promises.map(([head, line]) => h('div', {}, h('h3', {}, head), h('p', {}, line))),
    ),
  ];
}

function room(category: Category): HTMLElement {
  const { name, line } = texts.categories[category];
  const [first] = productsOf(category).slice(-1);
  return h(
    'li',
    {},
    link(
      `/c/${slug(category)}`,
      { class: `room ${slug(category)}` },
      pictureOf(first!),
      h('span', {}, h('strong', {}, name), h('span', {}, line)),
    ),
  );
}

export function shelfPage(of: string | undefined): Node[] | null {
  const category = CATEGORIES.find((each) => slug(each) === of);
  if (category === undefined) return null;
  const { name, line } = texts.categories[category];
  tell('page', 'Shelf', category);
  tell('track', 'Product List Viewed', { list_id: slug(category), category });
  return [title(name), h('p', { class: 'lead' }, line), tiles(productsOf(category), name)];
}

export function searchPage(query: string): Node[] {
  tell('page', 'Search');
  tell('track', 'Products Searched', { query });
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = shelf.products.filter((product) => {
    const text =
      `${nameOf(product)} ${product.name} ${texts.categories[product.category].name}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  if (found.length === 0) return [title(texts.foundNothing), tiles(shelf.products.slice(0, 8))];
  return [title(fill(texts.found, { count: found.length, query })), tiles(found)];
}
