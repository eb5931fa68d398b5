/** Basket, checkout and the page after it. The order goes to the shop's own backend, never from here to Bailee. */
import { basketLines, emptyBasket, setQuantity } from './basket.ts';
import type { Product } from './catalog.ts';
import { refreshHeader } from './frame.ts';
import { h } from './markup.ts';
import { go } from './router.ts';
import { link, nameOf, pictureOf, priceOf, productBy, shelf, texts, title } from './shop.ts';
import { deviceId, productOf, tell } from './tell.ts';
import { fill } from './texts.ts';

interface Row {
  readonly product: Product;
  readonly quantity: number;
}

export interface Placed {
  readonly order: string;
  readonly name: string;
  readonly total: number;
}

/** Orders of this visit; they end with the page. */
export const placed: Placed[] = [];

function rows(): readonly Row[] {
  return basketLines().flatMap(({ id, quantity }) => {
    const product = productBy(id);
    return product === undefined ? [] : [{ product, quantity }];
  });
}

function sum(of: readonly Row[]): number {
  return of.reduce((total, { product, quantity }) => total + product.price * quantity, 0);
}

function nothingYet(): Node[] {
  return [
    title(texts.basket),
    h('p', { class: 'lead' }, texts.basketEmpty),
    link('', { class: 'button' }, texts.goOn),
  ];
}

export function basketPage(): Node[] {
  tell('page', 'Basket');
  tell('track', 'Cart Viewed', {
    products: rows().map(({ product, quantity }) => productOf(product, quantity)),
  });
  const page = h('div', { class: 'basket' });
  const draw = () => {
    const here = rows();
    page.replaceChildren(...(here.length === 0 ? nothingYet() : filled(here, draw)));
    refreshHeader();
  };
  draw();
  return [page];
}

function filled(here: readonly Row[], draw: () => void): Node[] {
  return [
    title(texts.basket),
    h('ul', { class: 'rows', role: 'list' }, ...here.map((row) => basketRow(row, draw))),
    total(here),
    link('/checkout', { class: 'button' }, texts.checkout),
  ];
}

function basketRow({ product, quantity }: Row, draw: () => void): HTMLElement {
  const change = (by: number) => () => {
    setQuantity(product.id, quantity + by);
    draw();
  };
  const step = (sign: string, label: string, by: number) =>
    h(
      'button',
      { type: 'button', class: 'step', 'aria-label': `${label}: ${nameOf(product)}`, onclick: change(by) },
      sign,
    );
  return h(
    'li',
    {},
    h('span', { class: 'thumb' }, pictureOf(product)),
    link(`/p/${product.id}`, { class: 'name' }, nameOf(product)),
    h(
      'span',
      { class: 'steps' },
      step('−', texts.fewer, -1),
      h('span', {}, String(quantity)),
      step('+', texts.more, 1),
    ),
    h('span', { class: 'price' }, priceOf(product.price * quantity)),
  );
}

function total(here: readonly Row[]): HTMLElement {
  return h(
    'p',
    { class: 'total' },
    h('span', {}, texts.total),
    h('strong', {}, priceOf(sum(here))),
    h('span', { class: 'fine' }, texts.taxNote),
  );
}

const FIELDS = [
  ['name', 'name', 'text', true],
  ['email', 'email', 'email', true],
  ['phone', 'tel', 'tel', false],
  ['street', 'street-address', 'text', true],
  ['postalCode', 'postal-code', 'text', true],
  ['city', 'address-level2', 'text', true],
] as const;

export function checkoutPage(): Node[] {
  const here = rows();
  if (here.length === 0) return nothingYet();
  tell('page', 'Checkout');
  const said = h('p', { role: 'alert', class: 'said' });
  const send = h('button', { type: 'submit', class: 'button' }, texts.place);
  const fields = FIELDS.map(([name, autocomplete, type, required]) =>
    h(
      'label',
      { class: name },
      h('span', {}, texts.form[name], required ? '' : ` (${texts.optional})`),
      h('input', {
        name,
        type,
        autocomplete,
        required,
        maxlength: 200,
        dir: type === 'text' ? 'auto' : undefined,
      }),
    ),
  );
  const submit = async (event: Event) => {
    event.preventDefault();
    send.disabled = true;
    send.textContent = texts.placing;
    const answer = await order(new FormData(event.target as HTMLFormElement)).catch(() => null);
    if (answer !== null) return thank(answer, here);
    send.disabled = false;
    send.textContent = texts.place;
    said.textContent = texts.failed;
  };
  return [
    title(texts.checkout),
    h('p', { class: 'note' }, texts.noPayment),
    h(
      'div',
      { class: 'paying' },
      h('form', { class: 'fields', onsubmit: (event) => void submit(event) }, ...fields, said, send),
      h('aside', {}, h('ul', { class: 'rows', role: 'list' }, ...here.map(summaryRow)), total(here)),
    ),
  ];
}

function summaryRow({ product, quantity }: Row): HTMLElement {
  return h(
    'li',
    {},
    h('span', { class: 'thumb' }, pictureOf(product)),
    h('span', { class: 'name' }, `${quantity} × ${nameOf(product)}`),
    h('span', { class: 'price' }, priceOf(product.price * quantity)),
  );
}

/** Resolves with the order's number. Rejects when the shop does not take it. */
async function order(form: FormData): Promise<Placed> {
  const buyer = Object.fromEntries([...form].filter(([, value]) => value !== ''));
  const body = {
    ...buyer,
    lines: basketLines(),
    language: document.documentElement.lang,
    anonymousId: deviceId() ?? undefined,
  };
  const answer = await fetch('/shop/checkout', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`The order was answered ${answer.status}.`);
  const { order: number } = (await answer.json()) as { order: string };
  return { order: number, name: String(form.get('name')), total: sum(rows()) };
}

function thank(answer: Placed, bought: readonly Row[]): void {
  placed.push(answer);
  if (bought.length > 0) emptyBasket();
  go('/thanks');
}

export function thanksPage(): Node[] {
  const last = placed.at(-1);
  if (last === undefined) return nothingYet();
  tell('page', 'Thanks');
  const command = `npx --no-install bailee open --order ${last.order} --purpose customer-service`;
  return [
    title(fill(texts.thanks, { name: last.name })),
    h('p', { class: 'lead' }, fill(texts.orderNumber, { order: last.order })),
    h('p', {}, texts.openHint),
    h('pre', { dir: 'ltr', tabindex: 0 }, h('code', {}, command)),
    link('', { class: 'button' }, texts.goOn),
    h('p', { class: 'fine' }, shelf.url),
  ];
}
