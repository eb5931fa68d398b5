/**
 * Banner, settings panel and the permanent way back. Refusing and accepting look alike and take one tap; the
 * banner takes no focus, so that a key pressed while the page loads grants nothing.
 */
import type { Consent } from './consent.ts';
import { element } from './element.ts';
import type { Notice } from './notice.ts';
import type { Options } from './options.ts';
import { button } from './pieces.ts';
import { addStyle } from './style.ts';
import { type Asked, makeBanner, makePanel } from './surfaces.ts';

export interface Ask {
  /** Opens the settings panel. */
  open(): void;
  /** Shows what is due now: the banner, or the way back. */
  refresh(): void;
}

export function makeAsk({ policy }: Options, consent: Consent, notice: Notice): Ask {
  const { text, language, direction } = notice;
  const root = element('div', { id: 'bailee', lang: language, dir: direction });
  const { style } = document.documentElement;
  const wayBack = button('reopen', text.reopen, open);
  /** A page that has a way back of its own needs none of ours. */
  const ownWay = () => document.querySelector<HTMLElement>('[data-consent-reopen]');
  let banner: HTMLElement | undefined;
  let panel: HTMLDialogElement | undefined;

  const asked: Asked = {
    notice,
    consent,
    policy,
    open,
    /** Closes what is open, leaves the focus on the way back, and has the choice recorded. */
    decide(choices, how) {
      const held = root.contains(document.activeElement);
      consent.choose(choices, how).catch(() => {});
      panel?.remove();
      close();
      if (held) (ownWay() ?? wayBack).focus({ preventScroll: true });
    },
  };

  /** Moves nothing that stands where it should: moving would take the focus. */
  function close(): void {
    banner?.remove();
    banner = undefined;
    style.scrollPaddingBottom = '';
    if (ownWay()) wayBack.remove();
    else if (!wayBack.isConnected) root.append(wayBack);
    if (root !== document.body.lastChild) document.body.append(root);
  }

  function show(): void {
    banner = makeBanner(asked);
    wayBack.remove();
    root.append(banner);
    document.body.prepend(root);
    // What has the focus must not lie under the banner.
    style.scrollPaddingBottom = `${banner.offsetHeight + 12}px`;
  }

  function open(): void {
    panel?.remove();
    panel = makePanel(asked);
    root.append(panel);
    panel.showModal();
  }

  addStyle();
  document.addEventListener('click', ({ target }) => {
    if ((target as Element).closest('[data-consent-reopen]')) open();
  });

  return { open, refresh: () => (consent.due() ? banner || show() : close()) };
}
