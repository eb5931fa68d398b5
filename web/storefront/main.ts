/** Where the shop begins: head, page, foot, and the page that the address names. */
import { home, searchPage, shelfPage } from './browse.ts';
import { basketPage, checkoutPage, thanksPage } from './buying.ts';
import { footer, header, refreshHeader } from './frame.ts';
import { productPage } from './goods.ts';
import { h } from './markup.ts';
import { accountPage, policyPage } from './own.ts';
import { placeHere, route } from './router.ts';
import { link, texts, title } from './shop.ts';

const main = h('main', { id: 'main' });
let first = true;

function pageHere(): Node[] {
  const { parts, query } = placeHere();
  const [name, id] = parts;
  if (name === undefined) return home();
  const pages: Readonly<Record<string, () => Node[] | null>> = {
    c: () => shelfPage(id),
    p: () => productPage(id),
    search: () => searchPage(query),
    basket: basketPage,
    checkout: checkoutPage,
    thanks: thanksPage,
    account: accountPage,
    privacy: policyPage,
  };
  return pages[name]?.() ?? [title(texts.lost), link('', { class: 'button' }, texts.goOn)];
}

function show(): void {
  main.replaceChildren(...pageHere());
  const heading = main.querySelector('h1');
  document.title = `${heading?.textContent ?? ''} · Meadow & Mill`;
  refreshHeader();
  if (!first) {
    scrollTo(0, 0);
    // Whoever reads by ear hears which page this is.
    heading?.focus({ preventScroll: true });
  }
  first = false;
}

document.getElementById('shop')!.append(header(), main, footer());
route(show);
