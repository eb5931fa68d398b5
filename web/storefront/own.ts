/** The visitor's own pages: what they bought on this visit, what they allow, and the policy. */
import { placed } from './buying.ts';
import { h } from './markup.ts';
import { priceOf, texts, title } from './shop.ts';
import { allows, onChoice, tell } from './tell.ts';

let redraw = () => {};
let listening = false;

export function accountPage(): Node[] {
  tell('page', 'Account');
  const allowed = h('div', { 'aria-live': 'polite' });
  redraw = () => {
    const open = Object.keys(texts.purposes).filter(allows);
    allowed.replaceChildren(
      open.length === 0
        ? h('p', {}, texts.nothingAllowed)
        : h(
            'div',
            {},
            h('p', {}, texts.nowAllowed),
            h('ul', {}, ...open.map((purpose) => h('li', {}, texts.purposes[purpose]!))),
          ),
    );
  };
  redraw();
  if (!listening) onChoice(() => redraw());
  listening = true;
  return [
    title(texts.account),
    h('p', { class: 'lead' }, texts.accountLead),
    h(
      'div',
      { class: 'cards' },
      h('section', { class: 'card' }, h('h2', {}, texts.orders), orders()),
      h(
        'section',
        { class: 'card' },
        h('h2', {}, texts.privacy),
        allowed,
        h(
          'button',
          { type: 'button', class: 'button quiet', 'data-consent-reopen': true },
          texts.privacyOpen,
        ),
      ),
    ),
  ];
}

function orders(): HTMLElement {
  if (placed.length === 0) return h('p', {}, texts.noOrders);
  return h(
    'ul',
    { class: 'orders', role: 'list' },
    ...placed.map(({ order, total }) =>
      h('li', {}, h('code', {}, order), h('span', { class: 'price' }, priceOf(total))),
    ),
  );
}

export function policyPage(): Node[] {
  tell('page', 'Privacy');
  return [
    title(texts.policy),
    h('div', { class: 'prose' }, ...texts.policyText.map((sentence) => h('p', {}, sentence))),
    h('button', { type: 'button', class: 'button quiet', 'data-consent-reopen': true }, texts.privacyOpen),
  ];
}
