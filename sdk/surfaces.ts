/** The banner and the settings panel, built anew each time they are shown. */
import type { Choices } from './calls.ts';
import type { Consent } from './consent.ts';
import { element } from './element.ts';
import type { Notice } from './notice.ts';
import { button, everything, nothing, paragraphs, switches, ticked } from './pieces.ts';

export type Place = 'banner' | 'settings';

export interface Asked {
  readonly notice: Notice;
  readonly consent: Consent;
  /** Address of the privacy policy. */
  readonly policy: string | undefined;
  decide(choices: Choices, how: Place): void;
  /** Opens the panel. */
  open(): void;
}

/** Refuse stands first, so that the first key press never meets the grant. */
function answers({ notice, consent, decide }: Asked, how: Place, within: () => HTMLElement): HTMLElement[] {
  const { refuse, accept } = notice.text;
  return [
    button('refuse', refuse, () => decide(nothing(notice), how)),
    button('accept', accept, () => decide(everything(notice, consent.gpc, within()), how)),
  ];
}

function words(
  { notice: { text }, consent, policy }: Asked,
  ...sentences: (string | false)[]
): HTMLElement[] {
  const made = paragraphs(...sentences, consent.gpc && text.gpcHonored);
  if (policy && text.policyLink) made[0]!.append(' ', element('a', { href: policy }, text.policyLink));
  return made;
}

/** A region, not a dialog: the page stays usable, and nothing takes its focus. */
export function makeBanner(asked: Asked): HTMLElement {
  const { notice, consent, decide, open } = asked;
  const { text, form } = notice;
  const listed = form === 'list';
  const made: HTMLElement = element(
    'section',
    { 'aria-labelledby': 'bailee-title' },
    element('h2', { id: 'bailee-title' }, text.title),
    ...words(asked, text.body, listed && text.listIntro),
    ...(listed ? [switches(notice, consent), ...paragraphs(text.always)] : []),
    element(
      'footer',
      {},
      ...answers(asked, 'banner', () => made),
      listed
        ? button('save', text.save, () => decide(ticked(made), 'banner'))
        : button('choose', text.choose, open, true),
    ),
  );
  return made;
}

/** A modal dialog whose first focus lies on its heading. */
export function makePanel(asked: Asked): HTMLDialogElement {
  const { notice, consent, decide } = asked;
  const { title, close, listIntro, always, save } = notice.text;
  const shut = button('close', '×', () => made.close(), true);
  shut.ariaLabel = close;
  const made: HTMLDialogElement = element(
    'dialog',
    { 'aria-labelledby': 'bailee-panel' },
    element(
      'header',
      {},
      element('h2', { id: 'bailee-panel', tabindex: '-1', autofocus: true }, title),
      shut,
    ),
    ...words(asked, listIntro),
    switches(notice, consent),
    ...paragraphs(always),
    element(
      'footer',
      {},
      ...answers(asked, 'settings', () => made),
      button('save', save, () => decide(ticked(made), 'settings')),
    ),
  );
  return made;
}
