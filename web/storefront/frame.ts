/** Head and foot of every page. */
import { basketCount } from './basket.ts';
import { CATEGORIES, slug } from './catalog.ts';
import { drawing, h } from './markup.ts';
import { go, placeHere } from './router.ts';
import { link, texts } from './shop.ts';
import { LANGUAGES } from './texts.ts';

const MARK =
  '<path d="M24 5l5 10h-10z" fill="currentColor"/><path d="M17 44l3-27h8l3 27z" fill="currentColor" opacity=".85"/><g stroke="currentColor" stroke-width="3" stroke-linecap="round"><path d="M24 17L8 8M24 17l16-9M24 17L12 32M24 17l12 15"/></g>';

export function header(): HTMLElement {
  const count = h('span', { class: 'count', id: 'count' });
  const field = h('input', {
    type: 'search',
    name: 'q',
    placeholder: texts.searchHint,
    'aria-label': texts.search,
    maxlength: 100,
    enterkeyhint: 'search',
  });
  const find = (event: Event) => {
    event.preventDefault();
    if (field.value.trim() !== '') go(`/search?q=${encodeURIComponent(field.value.trim())}`);
  };
  return h(
    'header',
    { class: 'top' },
    h('a', { class: 'skip', href: '#main' }, texts.skip),
    link('', { class: 'brand' }, drawing(MARK, '0 0 48 48'), h('span', {}, 'Meadow & Mill')),
    h(
      'form',
      { class: 'find', role: 'search', onsubmit: find },
      field,
      h('button', { type: 'submit' }, texts.search),
    ),
    h(
      'nav',
      { class: 'own', 'aria-label': texts.account },
      link('/account', {}, texts.account),
      link('/basket', { class: 'to-basket' }, `${texts.basket} `, count),
    ),
    h(
      'nav',
      { class: 'shelves', 'aria-label': texts.menu },
      ...CATEGORIES.map((category) =>
        link(`/c/${slug(category)}`, { 'data-shelf': slug(category) }, texts.categories[category].name),
      ),
    ),
  );
}

/** Marks the page that is shown, and counts the basket. */
export function refreshHeader(): void {
  const count = basketCount();
  const badge = document.getElementById('count')!;
  badge.textContent = count === 0 ? '' : String(count);
  const { parts } = placeHere();
  for (const each of document.querySelectorAll<HTMLElement>('[data-shelf]'))
    if (parts[0] === 'c' && each.dataset.shelf === parts[1]) each.setAttribute('aria-current', 'page');
    else each.removeAttribute('aria-current');
}

/** The privacy center is Bailee's, beside the shop; the key says which store this is. */
function centerAddress(language: string): string {
  const key = document.querySelector<HTMLElement>('script[data-write-key]')?.dataset.writeKey ?? '';
  return `/privacy?${new URLSearchParams({ key, lang: language })}`;
}

export function footer(): HTMLElement {
  const here = document.documentElement.lang;
  return h(
    'footer',
    { class: 'foot' },
    h('p', { class: 'fine' }, texts.demo),
    h(
      'ul',
      { role: 'list' },
      h('li', {}, link('/privacy', {}, texts.policy)),
      h('li', {}, h('a', { href: centerAddress(here) }, texts.ownData)),
      h(
        'li',
        {},
        h('button', { type: 'button', class: 'plain', 'data-consent-reopen': true }, texts.privacyOpen),
      ),
    ),
    h(
      'ul',
      { role: 'list', 'aria-label': texts.languages },
      ...Object.entries(LANGUAGES).map(([lang, { name }]) =>
        h(
          'li',
          {},
          h(
            'a',
            {
              href: `?lang=${lang}`,
              lang,
              hreflang: lang,
              'aria-current': here === lang ? 'true' : undefined,
            },
            name,
          ),
        ),
      ),
    ),
  );
}
